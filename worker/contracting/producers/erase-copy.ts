import type { Follower } from '../../core/audit/follower.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { destroyUnsent } from '../packets/let-go-unsent.ts'
import { namedUnder } from './document-store.ts'
import { linkById, noteErased } from './link-store.ts'
import { copyDestroyed, LINK_SALT } from './module.ts'
import { dropping, forgetUnfinished } from './named-documents.ts'
import { copyIdOf } from './policy.ts'

/**
 * The erasure that a release promises: the salt of an ended link's copy and documents is destroyed, looked for and found gone, that
 * of each signed file which reached no carrier likewise, and it is recorded once. The documents' rows and bytes, which nothing opens any more, go with the next purge. Whatever copy of them
 * lies elsewhere, a backup's among them, cannot be opened either. Repeats harmlessly.
 */
export async function eraseCopy(ctx: Ctx, linkId: string): Promise<void> {
  const [link, documents] = await ctx.db.readAll([linkById(ctx.db, 'fmo', linkId), namedUnder(ctx.db, linkId)])
  if (link?.state !== 'ended' || link.erasedAt !== null) return
  await destroySalt(ctx.reach.keyring.bucket, { tenant: ctx.tenant.id, kind: LINK_SALT, id: copyIdOf(linkId) })
  await destroyUnsent(ctx, linkId)
  await forgetUnfinished(ctx, documents)
  try {
    await ctx.commit([noteErased(ctx.db, linkId, ctx.now), ...dropping(ctx, documents)], copyDestroyed(copyIdOf(linkId), { link: linkId }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // recorded by another run
  }
}

export const followErasure: Follower = async (reach, fmoId, { meta }, now) =>
  void (await runJob({ reach, now, later: (work) => void work().catch(() => undefined) }, fmoId, 'erase-copy', (ctx) => eraseCopy(ctx, String(meta['link']))))
