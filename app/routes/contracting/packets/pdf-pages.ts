import type { PDFDocumentProxy } from 'pdfjs-dist'

/**
 * A PDF for drawing on canvases. The library and its reader come with the first PDF that is looked at, and run in this tab's own thread: a worker would need
 * a door in the content security policy. No font, script or picture of the file reaches the page.
 */
export async function openPdfPages(bytes: ArrayBuffer): Promise<PDFDocumentProxy> {
  // Told apart when the pages are built: the Worker goes without the library, which is a quarter of its size.
  if (import.meta.env.SSR) throw new TypeError('pages of a PDF are drawn in a browser')
  const [library, reader] = await Promise.all([import('pdfjs-dist'), import('pdfjs-dist/build/pdf.worker.mjs')])
  Object.assign(globalThis, { pdfjsWorker: reader })
  return library.getDocument({ data: bytes, verbosity: 0, disableFontFace: true, useWasm: false, useWorkerFetch: false, enableXfa: false }).promise
}

/** Draw page `number` as wide as the canvas is shown; answers its size in points. */
export async function drawPage(pdf: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement): Promise<{ width: number; height: number }> {
  const page = await pdf.getPage(number)
  const points = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: Math.min(3, (Math.max(320, canvas.clientWidth) * window.devicePixelRatio) / points.width) })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
  return { width: points.width, height: points.height }
}

/** The bytes of a document of one's own, through a link made for this very session. */
export async function documentBytes(documentId: string, csrf: string): Promise<ArrayBuffer> {
  const asked = await fetch(`/api/v1/documents/${documentId}/links`, { method: 'POST', headers: { 'X-CSRF-Token': csrf } })
  if (!asked.ok) throw new TypeError('no link')
  const { url } = (await asked.json()) as { url: string } // `as`: our own route's answer
  const file = await fetch(new URL(url).pathname)
  if (!file.ok) throw new TypeError('no file')
  return file.arrayBuffer()
}
