import type { Ctx } from '../ctx.ts'
import { isFault } from '../failure.ts'
import { DocumentBucket } from './bucket.ts'
import { documentAbandoned, documentPurged } from './module.ts'
import { changeDocument, dueDocuments, removeDocumentKey, removePurged, type DocumentRow } from './store.ts'

const DAY_MS = 86_400_000

/**
 * Purge what is due of the tenant: trash whose time is over, announced uploads whose bytes never came. The key goes first,
 * with the event, so that nobody can restore what is half gone; then the bytes; then the row. Whatever breaks off in between
 * is still due and is finished next time. Answers how many documents went.
 */
export async function purgeDocuments(ctx: Ctx, limit: number): Promise<number> {
  const due = await ctx.db.read(dueDocuments(ctx.db, ctx.now, limit))
  const bucket = new DocumentBucket(ctx.reach)
  let gone = 0
  for (const row of due) {
    if (row.state !== 'purging' && !(await begun(ctx, row))) continue
    await bucket.removeAll({ tenantId: ctx.tenant.id, documentId: row.id })
    await ctx.db.settle(removePurged(ctx.db, row.id))
    gone += 1
  }
  return gone
}

/** False when somebody changed the document in the meantime: restored it, or finished its upload. */
async function begun(ctx: Ctx, row: DocumentRow): Promise<boolean> {
  const event = row.state === 'awaiting' ? documentAbandoned(row.id, {}) : documentPurged(row.id, { age_days: Math.floor((ctx.now - row.createdAt) / DAY_MS) })
  try {
    await ctx.commit([changeDocument(ctx.db, row, { state: 'purging' }), removeDocumentKey(ctx.db, row.id)], event)
    return true
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict') return false
    throw thrown
  }
}
