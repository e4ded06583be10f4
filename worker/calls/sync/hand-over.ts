import type { Ctx } from '../../core/ctx.ts'
import { isFault, report } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { tamperedReasons } from '../../core/tenancy/module.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import type { AmsUse } from '../ams/module.ts'
import type { Ams, AmsAnswer, AmsNote, HandedOver } from '../ams/port.ts'
import type { CallContent } from '../log/contract.ts'
import { CALL_SALT, callContent } from '../log/module.ts'
import type { composeNote } from '../note/compose-note.ts'
import { decide } from '../pop/look-up.ts'
import { syncTroubles, type SyncTrouble } from './contract.ts'
import { callHanding, callsHastened } from './module.ts'
import { amsWide, isOfTheAms } from './policy.ts'
import { settleAttempt, type Came, type CameBare, type Seen } from './settle.ts'
import { callToHandOver, changeHandedCall, earlierUnsettled, hasten, putOffBefore, type CallRow } from './store.ts'

export const JOB = 'hand-over'

/** What a hand-over is made with. */
export type HandOverParts = {
  readonly withAms: <T>(ctx: Ctx, use: AmsUse, work: (ams: Ams, connection: { readonly id: string }) => Promise<T>) => Promise<T | null>
  readonly compose: typeof composeNote
}

/**
 * How long a hand-over may take before it counts as broken off. One run of ten calls is over long before, however slow every
 * answer of the AMS is: nobody takes up what somebody else still has in hand.
 */
export const LEASE_MS = 15 * 60_000
/** How often a call is looked at again where a message about it came in between. */
const TRIES = 10
/** How often what came of it is written down before that is left to the next run. */
const SETTLINGS = 4

/**
 * Hand one call's note to the AMS and write down what came of it. Before the note leaves, the row says so (`handing`): whatever
 * breaks off afterwards, the next run finds a call that the AMS may have, asks it by the call's id where it can be asked, and
 * sends nothing where it cannot. Null where the call is not due, or waits for an earlier one; `earlier first` where the AMS answers
 * again and calls that it kept waiting were called up before this one, once a run.
 */
export async function handOver(parts: JobParts, tenantId: string, id: string, tools: HandOverParts, mayHasten: boolean): Promise<Came | 'earlier first' | null> {
  const heard: Heard = { came: null, attempts: null, mayHasten, hastened: false }
  try {
    await runJob(parts, tenantId, JOB, (ctx) => attemptAsItStands(ctx, id, tools, heard))
  } catch (thrown) {
    // What the AMS answered counts, whatever failed after it. A call that cannot be prepared holds up no other one.
    if (heard.came === null && (isFault(thrown) || heard.attempts === null)) throw thrown
    if (heard.came === null) report(JOB, thrown, { tenant: tenantId, call: id })
    heard.came ??= { attempts: heard.attempts ?? 0, orderKey: null, kind: 'not_asked', trouble: 'could_not_prepare' }
  }
  const { came } = heard
  if (came === null) return heard.hastened ? 'earlier first' : null
  for (let tries = 1; ; tries += 1) {
    try {
      await runJob(parts, tenantId, JOB, (ctx) => settleAttempt(ctx, id, came))
      return came
    } catch (thrown) {
      if (tries >= SETTLINGS) throw thrown
      await new Promise((done) => setTimeout(done, 50 * tries))
    }
  }
}

/** What an attempt has come to so far: kept outside of it, for it counts even where the attempt itself fails. */
type Heard = { came: Came | null; attempts: number | null; readonly mayHasten: boolean; hastened: boolean }

async function attemptAsItStands(ctx: Ctx, id: string, tools: HandOverParts, heard: Heard): Promise<void> {
  for (let tries = 1; heard.came === null; tries += 1) {
    const row = await ctx.db.read(callToHandOver(ctx.db, id))
    if (!row || !isDue(row, ctx.now)) return
    heard.attempts = row.syncAttempts
    try {
      heard.came ??= await attempt(ctx, row, tools, heard)
      return
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict' || tries >= TRIES) throw thrown // a message came in between: what it said belongs into the note
    }
  }
}

const isDue = ({ state, syncState, syncDueAt, capAt }: CallRow, now: number): boolean => state === 'live' && (syncState === 'waiting' || syncState === 'handing') && (syncDueAt ?? Infinity) <= now && capAt > now

/** Null where it is not this call's turn. */
async function attempt(ctx: Ctx, row: CallRow, tools: HandOverParts, heard: Heard): Promise<Came | null> {
  const [earlier, putOff] = await ctx.db.readAll([earlierUnsettled(ctx.db, row, ctx.now, row.orderKey), putOffBefore(ctx.db, row, ctx.now, amsWide)])
  if (earlier > 0) return null
  const seen = { attempts: row.syncAttempts, orderKey: null }
  let content: CallContent
  try {
    content = await contentOf(ctx, row)
  } catch (thrown) {
    if (!isVaultFault(thrown) || !unreadable.has(thrown.reason)) throw thrown
    return { ...seen, kind: 'not_taken', trouble: 'unreadable', again: false }
  }
  const turn = await tools.withAms(ctx, 'hand_over', async (ams, connection): Promise<{ came: Came | null }> => {
    const found = await whom(ctx, ams, connection.id, content)
    if (!found.ok) return { came: { ...seen, kind: 'not_asked', trouble: found.trouble, ...(found.afterMs === undefined ? {} : { afterMs: found.afterMs }) } }
    // It answers. Whose calls it kept waiting nobody could ask: they go first, so that a contact's calls keep their order.
    if (putOff > 0 && heard.mayHasten) {
      await ctx.commit([hasten(ctx.db, row, ctx.now, amsWide)], callsHastened(row.id, { calls: putOff }))
      heard.hastened = true
      return { came: null }
    }
    const { contact, matches } = found.value
    const orderKey = contact === null ? null : await orderKeyOf(ctx, contact.id)
    if (orderKey !== null && (await ctx.db.read(earlierUnsettled(ctx.db, row, ctx.now, orderKey))) > 0) return { came: null }
    const before = await cameBefore(ams, row, connection.id, contact?.id ?? null)
    if (before !== null) return { came: { ...before, orderKey } }

    const note: AmsNote = { reference: row.id, contactId: contact?.id ?? null, direction: row.direction, at: row.startedAt, ...(await tools.compose(ctx, row, content, contact)) }
    const attempts = row.syncAttempts + 1
    const sealed = contact === null || (content.contact?.id === contact.id && content.contact.ams === contact.ams) ? {} : await sealedWith(ctx, row, { ...content, contact })
    await ctx.commit(
      [changeHandedCall(ctx.db, row, { ...sealed, syncState: 'handing', syncAttempts: attempts, syncDueAt: ctx.now + LEASE_MS, handedTo: connection.id, ...(matches === null ? {} : { matches }) })],
      callHanding(row.id, { ams: connection.id, attempt: attempts }),
    )
    heard.came = cameOf(await handed(ams, note), { attempts, orderKey }, ams.findNote !== undefined)
    return { came: heard.came }
  })
  return turn === null ? { ...seen, kind: 'no_ams' } : turn.came
}

/** What no later attempt can open either. */
const unreadable: ReadonlySet<string> = new Set([...tamperedReasons, 'salt_missing'])

async function contentOf(ctx: Ctx, row: CallRow): Promise<CallContent> {
  if (row.content === null) return { phone: null, transcript: null, text: null, contact: null, nobody: false }
  return (await ctx.vault.withSalt(CALL_SALT, row.id)).open<CallContent>(callContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
}

/** Whoever was chosen, nobody among them; else whomever the number plainly means now. Of several nobody is taken by chance, and who was another AMS's is looked for anew. */
async function whom(ctx: Ctx, ams: Ams, connectionId: string, { contact, nobody, phone }: CallContent): Promise<AmsAnswer<{ contact: CallContent['contact']; matches: number | null }>> {
  if (contact?.ams === connectionId) return { ok: true, value: { contact, matches: null } }
  if (phone === null || nobody) return { ok: true, value: { contact: null, matches: null } }
  const found = await ams.findByPhone(phone)
  if (!found.ok) return isOfTheAms(found.trouble) ? found : { ok: true, value: { contact: null, matches: null } }
  const decision = await decide(ctx, phone, connectionId, found.value)
  return { ok: true, value: { contact: decision.state === 'one' ? { id: decision.contact.id, name: decision.contact.name, ams: connectionId } : null, matches: new Set(found.value.map(({ id }) => id)).size } }
}

/**
 * What came of an attempt before this one; null where nothing did, and the note may leave. Where the AMS said that it had not
 * taken it, asking is a caution; where nobody knows, it is the only way on.
 */
async function cameBefore(ams: Ams, row: CallRow, connectionId: string, contactId: string | null): Promise<CameBare | null> {
  const { syncAttempts: attempts, syncTrouble } = row
  const open = row.syncState === 'handing'
  if (attempts === 0) return null
  if (row.handedTo !== connectionId) return open ? { attempts, kind: 'unknown', trouble: 'ams_gone', mayAsk: false } : null
  if (!ams.findNote) return open ? { attempts, kind: 'unknown', trouble: isTrouble(syncTrouble) ? syncTrouble : 'broke_off', mayAsk: false } : null
  const found = await ams.findNote(row.id, contactId)
  if (found.ok) return found.value === null ? null : { attempts, kind: 'taken', noteId: found.value }
  if (isOfTheAms(found.trouble)) return { attempts, kind: 'not_asked', trouble: found.trouble, ...(found.afterMs === undefined ? {} : { afterMs: found.afterMs }) }
  return open ? { attempts, kind: 'unknown', trouble: found.trouble, mayAsk: false } : null
}

const isTrouble = (word: string | null): word is SyncTrouble => syncTroubles.some((each) => each === word)

/** One letter for a contact, and for many others: enough to keep order by, and too little to know somebody by. */
const orderKeyOf = async (ctx: Ctx, contactId: string): Promise<string> => (await ctx.vault.index('calls.order_key', contactId)).slice(0, 1)

async function sealedWith(ctx: Ctx, row: CallRow, content: CallContent): Promise<Pick<CallRow, 'content' | 'sealVersion'>> {
  const cell = await (await ctx.vault.withSalt(CALL_SALT, row.id)).seal(callContent, row.id, content)
  return { content: cell.sealed, sealVersion: cell.sealVersion }
}

/** An adapter that throws has sent something or nothing: nobody knows. */
const handed = (ams: Ams, note: AmsNote): Promise<HandedOver> => ams.addNote(note).catch(() => ({ state: 'unknown', trouble: 'broken' }))

function cameOf(answer: HandedOver, seen: Seen, mayAsk: boolean): Came {
  switch (answer.state) {
    case 'taken':
      return { ...seen, kind: 'taken', noteId: answer.noteId }
    case 'not_taken':
      return { ...seen, kind: 'not_taken', trouble: answer.trouble, again: answer.again || isOfTheAms(answer.trouble), ...(answer.afterMs === undefined ? {} : { afterMs: answer.afterMs }) }
    case 'unknown':
      return { ...seen, kind: 'unknown', trouble: answer.trouble, mayAsk }
  }
}
