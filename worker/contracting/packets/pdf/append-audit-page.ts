import { rgb, type PDF, type PDFPage } from '@libpdf/core'
import { asPrintable, type Lettering } from './lettering.ts'

/** What the last page of a signed packet says: rows of a name and a value, under headings. */
export type AuditPage = { readonly title: string; readonly says: string; readonly sections: readonly { readonly heading: string; readonly rows: readonly (readonly [string, string])[] }[] }

const ink = rgb(0.1, 0.12, 0.16)
const quiet = rgb(0.38, 0.41, 0.47)
const LEFT = 54
const VALUE = 190
const WIDTH = 612 - LEFT - VALUE

/** Append the page that says who signed what, when, from where, and which hashes it names. */
export function appendAuditPage(pdf: PDF, lettering: Lettering, { title, says, sections }: AuditPage): void {
  const page = pdf.addPage({ width: 612, height: 792 })
  page.drawText(title, { x: LEFT, y: 724, size: 16, font: 'Helvetica-Bold', color: ink })
  lettering.draw(page, asPrintable(says, lettering), { x: LEFT, y: 704, size: 8.5, color: quiet, maxWidth: 612 - 2 * LEFT })
  let y = 704 - 11 * Math.ceil(says.length / 110) - 16
  for (const { heading, rows } of sections) {
    page.drawText(heading, { x: LEFT, y, size: 10, font: 'Helvetica-Bold', color: ink })
    y -= 16
    for (const row of rows) y = drawRow(page, lettering, row, y)
    y -= 10
  }
}

function drawRow(page: PDFPage, lettering: Lettering, [name, value]: readonly [string, string], y: number): number {
  lettering.draw(page, asPrintable(name, lettering), { x: LEFT, y, size: 8.5, color: quiet })
  const lines = wrapped(asPrintable(value, lettering))
  for (const [index, line] of lines.entries()) lettering.draw(page, line, { x: VALUE, y: y - 11 * index, size: 8.5, color: ink })
  return y - 11 * lines.length - 3
}

/** Broken between words; a word longer than a line, such as a hash, within itself. */
function wrapped(text: string): string[] {
  const perLine = Math.floor(WIDTH / 4.7)
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${perLine}}`, 'gs')) ?? [''])
  return words.reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    return last !== undefined && last.length + 1 + word.length <= perLine ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word]
  }, [])
}
