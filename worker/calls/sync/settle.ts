import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { emptied, finishPurge } from '../log/purge-calls.ts'
import type { SyncTrouble } from './contract.ts'
import { callDeferred, callDied, callSynced, callUnknown, callUnwanted } from './module.ts'
import { isOfTheAms, nextAttemptAt } from './policy.ts'
import { callToHandOver, changeHandedCall, type CallRow } from './store.ts'

/** How the call stood whose attempt this is. */
export type Seen = { readonly attempts: number; readonly orderKey: string | null }

/**
 * What came of an attempt. `not_asked`: a question before the hand-over had no answer, so nothing was handed over by this attempt;
 * `unknown` with `mayAsk`: the AMS is asked later whether it has the note.
 */
export type CameBare = { readonly attempts: number } & (
  | { readonly kind: 'taken'; readonly noteId: string }
  | { readonly kind: 'not_taken'; readonly trouble: SyncTrouble; readonly again: boolean; readonly afterMs?: number }
  | { readonly kind: 'unknown'; readonly trouble: SyncTrouble; readonly mayAsk: boolean }
  | { readonly kind: 'not_asked'; readonly trouble: SyncTrouble; readonly afterMs?: number }
  | { readonly kind: 'no_ams' }
)
export type Came = CameBare & Seen

/** How long an AMS that fell silent is left alone before it is asked whether it has the note: what it was told has settled by then. */
const ASK_MS = 2 * 60_000
/** How often a call is looked at again where a message about it came in between. */
const TRIES = 10

/**
 * Write down what came of an attempt. Safe to repeat: of an attempt that somebody else followed up only the AMS's receipt still
 * counts. A message that came while the note was on its way changes nothing of what is done here, only what is destroyed.
 */
export async function settleAttempt(ctx: Ctx, id: string, came: Came): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const row = await ctx.db.read(callToHandOver(ctx.db, id))
    if (!row) return
    try {
      return await (came.kind === 'taken' ? acknowledge(ctx, row, came.noteId) : putOff(ctx, row, came))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict' || tries >= TRIES) throw thrown
    }
  }
}

/**
 * The AMS has the note. In one batch with its receipt the content leaves the row; then the key is destroyed, looked for and
 * found gone (CAL-54). Where the cap came first only the receipt is noted.
 */
async function acknowledge(ctx: Ctx, row: CallRow, noteId: string): Promise<void> {
  if (row.syncState === 'synced') return row.state === 'purging' ? void (await finishPurge(ctx, row)) : undefined
  const took = { syncState: 'synced', syncedAt: ctx.now, noteId: printable(noteId), syncTrouble: null, syncDueAt: null, orderKey: null } as const
  const event = callSynced(row.id, { ...(row.handedTo === null ? {} : { ams: row.handedTo }), attempts: row.syncAttempts, after_ms: ctx.now - (row.endedAt ?? row.startedAt) })
  if (row.state !== 'live') return ctx.commit([changeHandedCall(ctx.db, row, took)], event)
  const { set, event: purging } = await emptied(row, 'sync')
  await ctx.commit([changeHandedCall(ctx.db, row, { ...set, ...took })], [event, purging])
  await finishPurge(ctx, { ...row, ...set, ...took, version: row.version + 1 })
}

/** What an AMS calls a note is kept in clear: a short word and nothing else. */
const printable = (noteId: string): string | null => (/^[\x21-\x7e]{1,128}$/.test(noteId) ? noteId : null)

type Change = Parameters<typeof changeHandedCall>[2]

async function putOff(ctx: Ctx, row: CallRow, came: Exclude<Came, { kind: 'taken' }>): Promise<void> {
  const open = row.state === 'live' && (row.syncState === 'waiting' || row.syncState === 'handing')
  if (!open || row.syncAttempts !== came.attempts) return
  const [set, event] = standing(row, came, ctx.now)
  await ctx.commit([changeHandedCall(ctx.db, row, set)], event)
  const { syncDueAt } = set
  if (typeof syncDueAt === 'number') ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', syncDueAt))
}

function standing({ id, syncState }: CallRow, came: Exclude<Came, { kind: 'taken' }>, now: number): [Change, RecordedEvent] {
  const { attempts, orderKey } = came
  const over = { syncDueAt: null, orderKey: null }
  const unknown = (trouble: SyncTrouble, tried = attempts): [Change, RecordedEvent] => [{ ...over, syncState: 'unknown', syncAttempts: tried, syncTrouble: trouble }, callUnknown(id, { attempts: tried, trouble })]
  switch (came.kind) {
    case 'no_ams':
      return syncState === 'handing' ? unknown('ams_gone') : [{ ...over, syncState: 'none' }, callUnwanted(id, {})]
    case 'unknown':
      if (!came.mayAsk) return unknown(came.trouble)
      return [{ syncState: 'handing', syncDueAt: now + ASK_MS, syncTrouble: came.trouble, orderKey }, callDeferred(id, { attempts, trouble: came.trouble })]
    case 'not_asked': {
      const tried = attempts + 1
      const dueAt = nextAttemptAt(tried, now, came.afterMs)
      if (dueAt !== null) return [{ syncDueAt: dueAt, syncAttempts: tried, syncTrouble: came.trouble, orderKey }, callDeferred(id, { attempts: tried, trouble: came.trouble })]
      return syncState === 'handing' ? unknown(came.trouble, tried) : dead(id, tried, came.trouble)
    }
    case 'not_taken': {
      const dueAt = came.again ? nextAttemptAt(attempts, now, came.afterMs) : null
      if (dueAt === null) return dead(id, attempts, came.trouble)
      return [{ syncState: 'waiting', syncDueAt: dueAt, syncTrouble: came.trouble, orderKey }, callDeferred(id, { attempts, trouble: came.trouble })]
    }
  }
}

const dead = (id: string, attempts: number, trouble: SyncTrouble): [Change, RecordedEvent] => [
  { syncState: 'dead', syncDueAt: null, orderKey: null, syncAttempts: attempts, syncTrouble: trouble },
  callDied(id, { attempts, trouble }),
]

/** Whether the AMS itself was the trouble: where several calls in a row meet it, the others need not be tried. */
export const metTheAms = (came: Came): boolean => 'trouble' in came && isOfTheAms(came.trouble)
