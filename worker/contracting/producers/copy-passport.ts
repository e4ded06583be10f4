import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import type { PassportSnapshot } from '../passport/contract.ts'
import { namedUnder } from './document-store.ts'
import { copyOf, linkById, writeCopy } from './link-store.ts'
import { copyContact, copyContent, copyMade, copySecret, LINK_SALT } from './module.ts'
import { forgetUnfinished, renamed } from './named-documents.ts'
import { copyIdOf, givenIn } from './policy.ts'

/**
 * Put a submitted version into one FMO's shard under the link's own salt, in the place of an older one. The documents that it names
 * follow (`copy-documents.ts`), and those that it names no more are let go. Repeats harmlessly; a
 * link that ended meanwhile gets nothing, and its salt is not made again.
 */
export async function copyPassport(parts: JobParts, fmoId: string, linkId: string, snapshot: PassportSnapshot, tries = 3): Promise<void> {
  const done = await runJob(parts, fmoId, 'copy-passport', async (ctx) => {
    const [link, before, named] = await ctx.db.readAll([linkById(ctx.db, 'fmo', linkId), copyOf(ctx.db, linkId), namedUnder(ctx.db, linkId)])
    if (link?.state !== 'active' || (before && before.number >= snapshot.number)) return true
    try {
      const documents = renamed(ctx, linkId, named, snapshot)
      await forgetUnfinished(ctx, documents.dropped)
      await ctx.commit([...(await copied(ctx, linkId, before, snapshot)), ...documents.writes], copyMade(copyIdOf(linkId), { link: linkId, version: snapshot.versionId, number: snapshot.number }))
      return true
    } catch (thrown) {
      if (isVaultFault(thrown) && thrown.reason === 'salt_missing') return true // released, and erased
      if (tries > 1 && isFault(thrown) && thrown.failure.code === 'conflict') return false // another version came in between, or the link ended
      throw thrown
    }
  })
  if (done === false) await copyPassport(parts, fmoId, linkId, snapshot, tries - 1)
}

async function copied(ctx: Ctx, linkId: string, before: Parameters<typeof writeCopy>[1], { passportId, versionId, number, submittedAt, summary, parts }: PassportSnapshot) {
  const id = copyIdOf(linkId)
  const vault = await ctx.vault.withSalt(LINK_SALT, id)
  const [contact, secret, content] = await Promise.all([vault.seal(copyContact, id, parts.contact), vault.seal(copySecret, id, parts.secret), vault.seal(copyContent, id, parts.content)])
  const row = { id, linkId, passportId, versionId, number, submittedAt, copiedAt: ctx.now, contact: contact.sealed, secret: secret.sealed, content: content.sealed, sealVersion: contact.sealVersion, documentsNamed: true, ...summary, ...givenIn(parts.content) }
  const licences = parts.content.licences.map(({ state, lines, issuedOn, expiresOn, resident, status }) => ({ id: ctx.newId('cpl'), copyId: id, state, lines: lines.join(','), issuedOn, expiresOn, resident, status }))
  return writeCopy(ctx.db, before, row, licences)
}
