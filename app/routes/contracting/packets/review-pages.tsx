import { useEffect, useRef, useState } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useCsrf } from '../../../shell/post-form.tsx'
import { documentBytes, drawPage, openPdfPages } from './pdf-pages.ts'

/** Every page of a document of one's own, drawn here, with its text for whoever hears the page. */
export function ReviewPages({ documentId }: { documentId: string }) {
  const csrf = useCsrf()
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const run = { over: false }
    documentBytes(documentId, csrf)
      .then(openPdfPages)
      .then((opened) => (run.over ? undefined : setPdf(opened)), () => setFailed(!run.over))
    return () => {
      run.over = true
    }
  }, [documentId, csrf])
  if (failed) return <p className="text-ink-2">The pages cannot be shown here. Download the copy above to read it.</p>
  if (!pdf) return <p className="text-ink-2" aria-live="polite">Opening the copy …</p>
  return (
    <ol className="grid max-w-200 gap-4" aria-label="Pages of the packet">
      {Array.from({ length: pdf.numPages }, (_, index) => (
        <ReviewPage key={index} pdf={pdf} number={index + 1} />
      ))}
    </ol>
  )
}

function ReviewPage({ pdf, number }: { pdf: PDFDocumentProxy; number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    if (canvas.current) void drawPage(pdf, number, canvas.current).catch(() => undefined)
    void pdf
      .getPage(number)
      .then((page) => page.getTextContent())
      .then(({ items }) => setText(items.map((item) => ('str' in item ? item.str : '')).join(' ')), () => undefined)
  }, [pdf, number])
  return (
    <li className="rounded-lg border border-line bg-white">
      <canvas ref={canvas} aria-hidden className="block h-auto w-full rounded-lg" />
      <p className="sr-only">
        Page {number} of {pdf.numPages}: {text}
      </p>
    </li>
  )
}
