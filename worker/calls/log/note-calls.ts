import type { SQL } from 'drizzle-orm'
import type { StockedKey } from '../../../durable-objects/hook-words.ts'
import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'
import { own } from '../../core/vault/bytes.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import type { SaltedVault } from '../../core/vault/salted-vault.ts'
import type { CallEvent } from '../intake/call-event.ts'
import type { CallContent } from './contract.ts'
import { foldContent, foldFacts, saysMore, type CallFacts, type HeardEvent } from './fold.ts'
import { CALL_SALT, CAP_MS, callContent, callHeard, OVER_MS } from './module.ts'
import { callsByIds, callsOf, callsOfSessions, changeCall, giveCall, insertCall, type CallRow } from './store.ts'

/** Changes that note what was heard, for the batch of whoever heard it. */
export type Noted = { readonly writes: readonly Write[]; readonly events: readonly RecordedEvent[]; readonly undo: () => Promise<void>; /** The calls as they will stand. */ readonly calls: readonly NotedCall[] }

/** A call that a message told of, and what the message said first. */
export type NotedCall = { readonly id: string; readonly kind: CallEvent['kind']; /** Something was said of the other party after the call was forgotten. */ readonly tooLate: boolean }

/** The calls that messages may be about, as they stand. */
export const callsHeardOf = (db: TenantDb, connectionId: string, events: readonly CallEvent[]): Read<CallRow[]> => callsOfSessions(db, connectionId, [...new Set(events.map(({ sessionId }) => sessionId))])

/** Those of them that somebody is to be shown: whoever handles it, or nobody yet where an AMS can be asked whose its number is. */
export const callsToShow = (db: TenantDb, calls: readonly NotedCall[], whereAmsConnected: SQL): Read<readonly string[]> => callsOf(db, calls.map(({ id }) => id), whereAmsConnected)

/**
 * What a message of a dialler's makes of its calls, of which `rows` are there: one call for each of the dialler's sessions. A call's key is made before
 * its row; `undo` destroys it should the batch be refused. Of a call that is purged nothing is sealed again: only its times change.
 */
export function noteCalls(ctx: Ctx, connectionId: string, heard: readonly HeardEvent[], rows: readonly CallRow[]): Promise<Noted> {
  const sessions = [...new Set(heard.map(({ event }) => event.sessionId))]
  return noting(ctx, (made) =>
    Promise.all(
      sessions.map(async (sessionId) => {
        const events = heard.filter(({ event }) => event.sessionId === sessionId)
        const row = rows.find((each) => each.sessionId === sessionId)
        return row ? noteMore(ctx, row, events) : noteNew(ctx, connectionId, events, await guardOf(ctx).takeKey(ctx.now).catch(() => null), made)
      }),
    ),
  )
}

/**
 * A call that begins, noted without asking whether it is known: should it be, the batch is refused. Its handler is whoever `whose` is
 * once it is written. Null for a session that was heard of lately: that is asked about.
 */
export async function noteFirst(ctx: Ctx, connectionId: string, event: CallEvent, whose: SQL<string> | null): Promise<Noted | null> {
  const { heard, key } = await guardOf(ctx).takeKeyFor({ session: `${connectionId} ${event.sessionId}`, now: ctx.now }).catch(noKey)
  if (heard) return null
  return noting(ctx, async (made) => {
    const one = await noteNew(ctx, connectionId, [{ event, memberId: null }], key, made)
    return [whose ? { ...one, writes: [...one.writes, giveCall(ctx.db, one.call.id, whose)] } : one]
  })
}

/** What was noted of several calls, and how the keys made for it are taken back. */
async function noting(ctx: Ctx, work: (made: MadeKey[]) => Promise<One[]>): Promise<Noted> {
  const made: MadeKey[] = []
  const destroy = (ids: readonly string[]) => Promise.all(ids.map((id) => destroySalt(ctx.reach.keyring.bucket, { tenant: ctx.tenant.id, kind: CALL_SALT, id })))
  const undo = async () => {
    const [stocked, fresh] = [true, false].map((ahead) => made.filter((key) => key.ahead === ahead).map(({ id }) => id)) as [string[], string[]] // `as`: two were asked for
    await destroy(fresh)
    if (stocked.length === 0) return
    // An id is handed out once; should it ever be twice, the second batch is refused for it, and the first one's call keeps its key.
    const calls = await ctx.db.read(callsByIds(ctx.db, stocked))
    await destroy(stocked.filter((id) => !calls.some((call) => call.id === id)))
  }
  try {
    const noted = await work(made)
    return { writes: noted.flatMap(({ writes }) => writes), events: noted.map(({ event }) => event), calls: noted.map(({ call }) => call), undo }
  } catch (thrown) {
    await undo()
    throw thrown
  }
}

/** A key that a call was given: out of the stock, or made for it just now. */
type MadeKey = { readonly id: string; readonly ahead: boolean }

type One = { readonly writes: readonly Write[]; readonly event: RecordedEvent; readonly call: NotedCall }

/** `stocked`: a key out of the organisation's stock; where that cannot be asked, or is used up, the call's key is made now. */
async function noteNew(ctx: Ctx, connectionId: string, heard: readonly HeardEvent[], stocked: StockedKey | null, made: MadeKey[]): Promise<One> {
  const sessionId = heard[0]?.event.sessionId ?? ''
  const id = stocked?.id ?? ctx.newId('cal')
  made.push({ id, ahead: stocked !== null })
  const { facts, content } = folded({ facts: null, content: null }, heard)
  const cell = await (await ctx.vault.withSaltAhead(CALL_SALT, id, stocked?.salt ? own(stocked.salt) : null)).seal(callContent, id, content)
  const write = insertCall(ctx.db, {
    id, connectionId, sessionId, ...facts, content: cell.sealed, sealVersion: cell.sealVersion, state: 'live', syncDueAt: dueAt(ctx, facts), capAt: ctx.now + CAP_MS, contentDigest: null, purgedAt: null, version: 1,
  })
  return { writes: [write], ...told(id, connectionId, heard, { first: true, tooLate: false }) }
}

const guardOf = (ctx: Ctx) => ctx.reach.hookGuards.of(ctx.tenant.id)
const noKey = () => ({ heard: false, key: null })

async function noteMore(ctx: Ctx, row: CallRow, heard: readonly HeardEvent[]): Promise<One> {
  const { facts: known } = folded({ facts: pick(row), content: null }, heard)
  const [isLive, more] = [row.state === 'live', heard.some(({ event }) => saysMore(row, event))]
  const facts = isLive ? known : { ...known, phoneLast4: row.phoneLast4, hasTranscript: row.hasTranscript }
  const sealed = isLive && more ? await contentWith(ctx, row, heard) : {}
  // Once a hand-over was tried, its own waits say when the next one is; a call that is not live is handed nowhere.
  const untried = isLive && row.syncState === 'waiting' && row.syncAttempts === 0
  const write = changeCall(ctx.db, row, { ...facts, ...sealed, ...(untried ? { syncDueAt: dueAt(ctx, facts) } : {}) })
  return { writes: [write], ...told(row.id, row.connectionId, heard, { first: false, tooLate: more && !isLive }) }
}

async function contentWith(ctx: Ctx, row: CallRow, heard: readonly HeardEvent[]): Promise<Partial<Pick<CallRow, 'content' | 'sealVersion'>>> {
  if (row.content === null) return {}
  const vault = await saltOf(ctx, row.id)
  const known = await vault.open<CallContent>(callContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  const cell = await vault.seal(callContent, row.id, folded({ facts: pick(row), content: known }, heard).content)
  return { content: cell.sealed, sealVersion: cell.sealVersion }
}

/** A call that is being purged this very moment has changed since it was read: it is looked at again. */
export async function saltOf(ctx: Ctx, id: string): Promise<SaltedVault> {
  try {
    return await ctx.vault.withSalt(CALL_SALT, id)
  } catch (thrown) {
    if (isVaultFault(thrown) && thrown.reason === 'salt_missing') throw new Fault({ code: 'conflict', state: 'call_changed', detail: 'The call was purged meanwhile.' })
    throw thrown
  }
}

type Folded = { readonly facts: CallFacts; readonly content: CallContent }

function folded(known: { readonly [part in keyof Folded]: Folded[part] | null }, heard: readonly HeardEvent[]): Folded {
  let { facts, content } = known
  for (const each of heard) [facts, content] = [foldFacts(facts, each), foldContent(content, facts, each.event)]
  if (!facts || !content) throw new TypeError('a call is made of at least one message')
  return { facts, content }
}

const pick = ({ direction, outcome, startedAt, answeredAt, endedAt, durationS, memberId, phoneLast4, hasTranscript }: CallFacts): CallFacts => ({ direction, outcome, startedAt, answeredAt, endedAt, durationS, memberId, phoneLast4, hasTranscript })

/** When it is to be handed on: counted from its end by the tenant's policy. An alarm is set for then; where it is lost, the minute's cron finds the row. */
function dueAt(ctx: Ctx, { startedAt, endedAt }: CallFacts): number {
  const due = (endedAt ?? startedAt + OVER_MS) + ctx.policy['call.sync_delay_s'] * 1000
  if (endedAt !== null) ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', due))
  return due
}

function told(id: string, connection: string, heard: readonly HeardEvent[], { first, tooLate }: { first: boolean; tooLate: boolean }): Pick<One, 'event' | 'call'> {
  const kind = heard[0]?.event.kind ?? 'ringing'
  return { event: callHeard(id, { connection, kind, first }), call: { id, kind, tooLate } }
}
