import { crc32 } from 'node:zlib'
import { makePdf } from '../../worker/sandbox/make-pdf.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A real PDF whose pages say these lines. */
export const pdf = (...lines: string[]): Bytes => makePdf(lines.length > 0 ? lines : ['A page.'])

/** One pixel. */
export const png = (): Bytes => fromBase64('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')

/** Start, JFIF header and end of image: no picture, but a JPEG. */
export const jpeg = (): Bytes => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9])

/** The first box of a HEIC file (ISO/IEC 14496-12 §4.3). */
export const heic = (): Bytes => latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic')

export const docx = (): Bytes => office('word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml')
export const xlsx = (): Bytes => office('xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml')

/** An Office file as Office writes it: the list of content types first. */
function office(part: string, contentType: string): Bytes {
  const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${contentType}"/></Types>`
  return zip([['[Content_Types].xml', types], [part, '<x/>']])
}

/** A zip of stored entries (APPNOTE 4.3). */
function zip(entries: readonly (readonly [string, string])[]): Bytes {
  const parts: Bytes[] = []
  const directory: Bytes[] = []
  let offset = 0
  for (const [name, text] of entries) {
    const body = latin1(text)
    const shared = [...le(20, 2), ...le(0, 2), ...le(0, 2), ...le(0, 4), ...le(crc32(body), 4), ...le(body.length, 4), ...le(body.length, 4), ...le(name.length, 2), ...le(0, 2)]
    const local = Uint8Array.from([0x50, 0x4b, 3, 4, ...shared, ...latin1(name), ...body])
    directory.push(Uint8Array.from([0x50, 0x4b, 1, 2, ...le(20, 2), ...shared, ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(0, 4), ...le(offset, 4), ...latin1(name)]))
    parts.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  const end = Uint8Array.from([0x50, 0x4b, 5, 6, ...le(0, 4), ...le(entries.length, 2), ...le(entries.length, 2), ...le(size, 4), ...le(offset, 4), ...le(0, 2)])
  return Uint8Array.from([...parts, ...directory, end].flatMap((each) => [...each]))
}

const le = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) & 0xff)
const latin1 = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0))
const fromBase64 = (text: string): Bytes => latin1(atob(text))
