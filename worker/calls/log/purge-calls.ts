import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { CALL_SALT, callPurged, callPurging } from './module.ts'
import { changeCall, dueCalls, type CallRow } from './store.ts'

/**
 * Purge the calls whose time is over. The content leaves the row first, with the digest of what is destroyed; then the call's
 * key, which is looked for and found gone; then the receipt. What breaks off in between is still due and is finished next
 * time: a call that is not live is never opened. Answers how many went.
 */
export async function purgeCalls(ctx: Ctx, limit: number): Promise<number> {
  let gone = 0
  for (const row of await ctx.db.read(dueCalls(ctx.db, ctx.now, limit))) {
    try {
      await purge(ctx, row.state === 'live' ? await begun(ctx, row) : row)
      gone += 1
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // somebody else was faster, and finishes it
    }
  }
  return gone
}

async function begun(ctx: Ctx, row: CallRow): Promise<CallRow> {
  const contentDigest = await sha256Hex(row.content ?? '')
  await ctx.commit([changeCall(ctx.db, row, { state: 'purging', content: null, contentDigest })], callPurging(row.id, { ciphertext: contentDigest }))
  return { ...row, state: 'purging', contentDigest, version: row.version + 1 }
}

async function purge(ctx: Ctx, row: CallRow): Promise<void> {
  await destroySalt(ctx.reach.keyring.bucket, { tenant: ctx.tenant.id, kind: CALL_SALT, id: row.id })
  await ctx.commit([changeCall(ctx.db, row, { state: 'purged', purgedAt: ctx.now })], callPurged(row.id, { ciphertext: row.contentDigest ?? '0000', key: `${CALL_SALT}/${row.id}`, started_at: row.startedAt }))
}
