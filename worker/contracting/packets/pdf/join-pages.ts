import { PDF } from '@libpdf/core'
import { attempt } from './open-pdf.ts'

/**
 * The pages of several flattened PDFs as one new PDF, and nothing but their pages: whatever a file would do when it is opened (scripts, attachments,
 * actions, links) stays behind with its catalogue and its annotations.
 */
export async function joinPages(parts: readonly PDF[], title: string, at: number): Promise<PDF> {
  const joined = PDF.create()
  for (const part of parts) {
    const indices = Array.from({ length: part.getPageCount() }, (_, index) => index)
    await joined.copyPagesFrom(part, indices, { includeAnnotations: false }).catch((): never => attempt(() => { throw new TypeError('pages') }))
    for (const page of joined.getPages()) page.dict.delete('AA')
  }
  joined.setTitle(title)
  joined.setProducer('Countersign')
  joined.setCreationDate(new Date(at))
  return joined
}
