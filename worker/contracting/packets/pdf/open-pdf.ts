import { PDF } from '@libpdf/core'
import { Fault } from '../../../core/failure.ts'
import { isPackedByOldMethods, unpacksWithin } from './refuse-bombs.ts'

/** Most pages and form fields of one PDF. */
export const MAX_PAGES = 200
export const MAX_FIELDS = 2000

/** Largest PDF that is read as a whole. */
export const MAX_PDF_BYTES = 10_000_000

/** What is said of a file that cannot be used, by what is wrong with it. */
export const sentences = {
  large: `This PDF is larger than ${MAX_PDF_BYTES / 1_000_000} MB. Save it without pictures, or in parts.`,
  notPdf: 'This is not a PDF. Choose the carrier’s form as a PDF file.',
  damaged: 'This PDF is damaged and could not be read. Open it in a PDF reader, save it anew, and try again.',
  encrypted: 'This PDF is protected by a password. Save it without protection and try again.',
  bomb: 'This PDF unpacks to far more than it should hold. Save it anew in a PDF reader and try again.',
  older: 'This PDF is packed by a method that is read no more (LZW or run length). Save it anew in a PDF reader and try again.',
  xfa: 'This PDF is a dynamic form (XFA), which no browser fills. Ask the carrier for an ordinary PDF form.',
  pages: `This PDF has more than ${MAX_PAGES} pages or none. Choose the form alone.`,
  fields: `This form has more than ${MAX_FIELDS} fields.`,
} as const

/** A PDF that may be worked on. Anything malformed, encrypted, oversized or dynamic is refused with a sentence, before anything else happens. */
export async function openPdf(bytes: Uint8Array): Promise<PDF> {
  if (bytes.length > MAX_PDF_BYTES) refuse('large')
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-')) refuse('notPdf')
  if (isPackedByOldMethods(bytes)) refuse('older')
  if (!unpacksWithin(bytes)) refuse('bomb')
  // Strict: in its lenient mode the library's reader never ends on some broken bytes, and takes the whole isolate with it.
  const pdf = await PDF.load(bytes, { lenient: false }).catch(() => refuse('damaged'))
  if (pdf.isEncrypted) refuse('encrypted')
  const read = attempt(() => ({ pages: pdf.getPageCount(), xfa: pdf.getForm()?.acroForm().getDict().has('XFA') ?? false, fields: pdf.getForm()?.fieldCount ?? 0 }))
  if (pdf.recoveredViaBruteForce) refuse('damaged')
  if (read.xfa) refuse('xfa')
  if (read.pages < 1 || read.pages > MAX_PAGES) refuse('pages')
  if (read.fields > MAX_FIELDS) refuse('fields')
  return pdf
}

/** A PDF that was looked over when it came, or that we made: read again without looking for what it cannot hold. */
export const openChecked = (bytes: Uint8Array): Promise<PDF> => PDF.load(bytes, { lenient: false }).catch(() => refuse('damaged'))

/** Work on a PDF somebody sent: whatever the library throws at it is the file's fault, and said so. */
export function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch {
    return refuse('damaged')
  }
}

function refuse(reason: keyof typeof sentences): never {
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/document', detail: sentences[reason] }] })
}
