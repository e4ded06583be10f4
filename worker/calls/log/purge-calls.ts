import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { POP_SALT } from '../pop/module.ts'
import { CALL_SALT, callLost, callPurging, receiptOf } from './module.ts'
import { callById, changeCall, dueCalls, type CallRow } from './store.ts'

/** How often a call is looked at again when a message about it was faster. */
const TRIES = 10

/**
 * Purge the calls whose last day is over, whatever became of their notes, and finish what another purge began. The content
 * leaves the row first, with the digest of what is destroyed; then the call's key, which is looked for and found gone; then the
 * receipt. What breaks off in between is still due: a call that is not live is never opened. Answers how many went.
 */
export async function purgeCalls(ctx: Ctx, limit: number): Promise<number> {
  let gone = 0
  for (const row of await ctx.db.read(dueCalls(ctx.db, ctx.now, limit))) {
    const begun = row.state === 'live' ? await capped(ctx, row) : row
    if (begun && (await finishPurge(ctx, begun))) gone += 1
  }
  return gone
}

type Emptied = { readonly set: Pick<CallRow, 'state' | 'content' | 'contentDigest' | 'purgedBy' | 'syncDueAt' | 'orderKey'>; readonly event: RecordedEvent }

/** The change that takes a call's content out of its row, for the batch of whatever is the reason. */
export async function emptied(row: CallRow, by: 'sync' | 'cap'): Promise<Emptied> {
  const contentDigest = await sha256Hex(row.content ?? '')
  return { set: { state: 'purging', content: null, contentDigest, purgedBy: by, syncDueAt: null, orderKey: null }, event: callPurging(row.id, { ciphertext: contentDigest, by }) }
}

/**
 * Destroy the key of a call whose content left its row, and that of what is still shown of it; look that they are gone, and write
 * the receipt. False where somebody else did.
 */
export async function finishPurge(ctx: Ctx, begun: CallRow): Promise<boolean> {
  for (const kind of [POP_SALT, CALL_SALT]) await destroySalt(ctx.reach.keyring.bucket, { tenant: ctx.tenant.id, kind, id: begun.id })
  return asItStands(ctx, begun, async (row) => {
    if (row.state !== 'purging') return false
    await ctx.commit([changeCall(ctx.db, row, { state: 'purged', purgedAt: ctx.now })], receiptOf(row))
    return true
  })
}

/** The cap wins over delivery; that something was lost by it is told. Null where there is nothing to take any more. */
function capped(ctx: Ctx, due: CallRow): Promise<CallRow | null> {
  return asItStands(ctx, due, async (row) => {
    if (row.state !== 'live') return null
    const { set, event } = await emptied(row, 'cap')
    const { syncState } = row
    const ended = { waiting: 'dead', handing: 'unknown', unknown: 'unknown', dead: 'dead', none: 'none', synced: 'synced' } as const
    const stands = { ...set, syncState: ended[syncState] }
    const lost = syncState === 'none' || syncState === 'synced' ? [] : [callLost(row.id, { stood: syncState })]
    await ctx.commit([changeCall(ctx.db, row, stands)], [event, ...lost])
    return { ...row, ...stands, version: row.version + 1 }
  })
}

/** Do something with a call as it stands, and look again where a message about it was faster. */
async function asItStands<T>(ctx: Ctx, seen: CallRow, step: (row: CallRow) => Promise<T>): Promise<T> {
  let row = seen
  for (let tries = 1; ; tries += 1) {
    try {
      return await step(row)
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict' || tries >= TRIES) throw thrown
      row = (await ctx.db.read(callById(ctx.db, row.id))) ?? row
    }
  }
}
