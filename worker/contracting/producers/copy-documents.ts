import type { Follower } from '../../core/audit/follower.ts'
import { makeDocument } from '../../core/documents/make-document.ts'
import { openInside, type OpenedInside } from '../../core/documents/open-inside.ts'
import { isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import { rowSalt } from '../../core/vault/row-vault.ts'
import { namedUnder, noteCopied, type CopiedDocumentRow } from './document-store.ts'
import { activeLink, whileLinked } from './link-store.ts'
import { documentCopied, LINK_SALT } from './module.ts'
import { copyIdOf } from './policy.ts'

const JOB = 'copy-documents'

/**
 * The documents that a copied version names follow it into the FMO's tenant, each opened in the producer's and held under a key
 * of its own that the link's salt is needed for: the salt's destruction is theirs. One that is here is not copied again, and one that does not come through holds up no other.
 */
export const followDocuments: Follower = async (reach, fmoId, { meta }, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  const linkId = String(meta['link'])
  const found = await runJob(parts, fmoId, JOB, async (ctx) => {
    const [link, rows] = await ctx.db.readAll([activeLink(ctx.db, 'fmo', linkId), namedUnder(ctx.db, linkId)])
    return link ? { producerId: link.otherId, rows: rows.filter(({ copiedAt }) => copiedAt === null) } : null
  })
  const failed: unknown[] = []
  for (const row of found?.rows ?? []) await copyDocument(parts, fmoId, found?.producerId ?? '', row).catch((thrown: unknown) => failed.push(thrown))
  if (failed.length > 0) throw failed[0]
}

async function copyDocument(parts: JobParts, fmoId: string, producerId: string, row: CopiedDocumentRow): Promise<void> {
  await runJob(parts, fmoId, JOB, async (ctx) => {
    const source = await sourceOf(parts, producerId, row.sourceId)
    if (!source) return // in the trash or gone: the next version asks again
    const { name, category, mediaType, stream } = source
    const made = await makeDocument(ctx, { id: row.documentId, name, category, mediaType, bytes: stream, held: true, salt: rowSalt(LINK_SALT, copyIdOf(row.linkId)) }).catch(async (thrown: unknown) => {
      if (!isVaultFault(thrown) || thrown.reason !== 'salt_missing') throw thrown
      await stream.cancel() // released meanwhile
    })
    if (!made) return
    try {
      const copied = noteCopied(ctx.db, row.id, { size: made.size, mediaType, copiedAt: ctx.now })
      await ctx.commit([copied, ...made.writes, whileLinked(ctx.db, row.linkId)], [documentCopied(made.id, { link: row.linkId, version: row.versionId, what: row.what }), made.event])
    } catch (thrown) {
      if (!isFault(thrown)) throw thrown // whether it was committed is not known: the bytes stay under the id that the row names
      await made.forget()
      if (thrown.failure.code !== 'conflict') throw thrown
    }
  })
}

/** The document as its producer has it, or null where it is not among theirs now. */
const sourceOf = (parts: JobParts, producerId: string, documentId: string): Promise<OpenedInside | null> =>
  runJob(parts, producerId, JOB, (ctx) =>
    openInside(ctx, documentId).catch((thrown: unknown) => {
      if (isFault(thrown) && thrown.failure.code === 'not_found') return null
      throw thrown
    }),
  )
