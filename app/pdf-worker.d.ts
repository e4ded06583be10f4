/** The reader behind pdfjs-dist, which brings no types of its own: handed on as it is. */
declare module 'pdfjs-dist/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown
}
