/** Points; US Letter. */
const PAGE = { width: 612, height: 792, margin: 72, line: 18 }
const LINES_PER_PAGE = Math.floor((PAGE.height - 2 * PAGE.margin) / PAGE.line)

/**
 * A PDF 1.4 of plain lines in Helvetica: header, catalog, pages, one content stream each, cross-reference table, trailer
 * (ISO 32000-1 §7.5). Latin-1 only. Made here so that demo rows and tests have real files without a binary in the repository.
 */
export function makePdf(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const pages = Array.from({ length: Math.max(1, Math.ceil(lines.length / LINES_PER_PAGE)) }, (_, index) => lines.slice(index * LINES_PER_PAGE, (index + 1) * LINES_PER_PAGE))
  const font = 3
  const kids = pages.map((_, index) => font + 1 + index * 2)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => {
      const content = `BT /F1 12 Tf ${PAGE.line} TL ${PAGE.margin} ${PAGE.height - PAGE.margin} Td\n${page.map((line) => `(${escaped(line)}) Tj T*`).join('\n')}\nET`
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${font + 2 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ]
    }),
  ]
  return latin1(assembled(objects))
}

function assembled(objects: readonly string[]): string {
  // The second line holds bytes above 127, which tells programs that the file is binary.
  let text = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n'
  const offsets: number[] = []
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length)
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
}

const escaped = (line: string): string => line.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\x7e\xa0-\xff]/g, '?')

const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (character) => character.charCodeAt(0))
