import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { HookEffect } from '../../core/hooks/sender.ts'
import { runJobAt, type JobParts } from '../../core/job.ts'
import { whereAmsConnected } from '../ams/with-ams.ts'
import { callsHeardOf, callsToShow, noteCalls, noteFirst, type Noted } from '../log/note-calls.ts'
import { popCall } from '../pop/pop-call.ts'
import type { CallEvent } from './call-event.ts'
import { wordIndex } from './map-handler.ts'
import { handlersByWord, memberByWord } from './store.ts'

/** A message that is older than this by its own clock is no news: ids are remembered much longer, so nothing can be played again. */
const NEWS_MS = 7 * 86_400_000

/** What a dialler's proven message does: whatever it tells of calls goes into their log. `again`: one that was noted without asking was known. */
export async function takeCalls(ctx: Ctx, connectionId: string, said: readonly CallEvent[], again = false): Promise<HookEffect> {
  const type = said[0]?.kind ?? 'other'
  const news = said.filter(({ at }) => at > ctx.now - NEWS_MS).map((event) => ({ ...event, at: Math.min(event.at, ctx.now) })) // a dialler's clock dates nothing into the future
  if (news.length === 0) return { type, result: said.length === 0 ? 'nothing' : 'too_late', writes: [], events: [] }
  const keyed = await Promise.all(news.map(async (event) => ({ ...event, sessionId: await sessionIndex(ctx, connectionId, event.sessionId) })))
  const noted = (again ? null : await noteBeginning(ctx, connectionId, keyed)) ?? (await noteKnown(ctx, connectionId, keyed))
  const ringing = noted.calls.filter(({ kind }) => kind === 'ringing' || kind === 'answered')
  const result = noted.calls.some(({ tooLate }) => tooLate) ? 'too_late' : 'taken'
  return { type, result, ...noted, ...(ringing.length > 0 ? { afterwards: { of: callsToShow(ctx.db, ringing, whereAmsConnected(ctx)), start: pop } } : {}) }
}

async function pop(parts: JobParts, seat: SeatCopy, ids: readonly string[]): Promise<void> {
  for (const id of ids) await runJobAt(parts, seat, 'screen-pop', (at) => popCall(at, id))
}

/** The first message of a call, as nearly every ring is: nothing is asked before it is noted. Null where it may not be. */
async function noteBeginning(ctx: Ctx, connectionId: string, events: readonly CallEvent[]): Promise<Noted | null> {
  const [only, ...others] = events
  if (!only || others.length > 0 || (only.kind !== 'ringing' && only.kind !== 'sms')) return null
  const { handler } = only
  return noteFirst(ctx, connectionId, only, handler === null ? null : memberByWord(ctx.db, connectionId, await wordIndex(ctx, handler)))
}

/** Whose the calls are by their dialler's words, and how they stand: one question. */
async function noteKnown(ctx: Ctx, connectionId: string, events: readonly CallEvent[]): Promise<Noted> {
  const words = [...new Set(events.flatMap(({ handler }) => (handler === null ? [] : [handler])))]
  const indexes = new Map(await Promise.all(words.map(async (word) => [word, await wordIndex(ctx, word)] as const)))
  const [known, rows] = await ctx.db.readAll([handlersByWord(ctx.db, connectionId, [...indexes.values()]), callsHeardOf(ctx.db, connectionId, events)])
  const members = new Map(known.map(({ wordIndex: index, memberId }) => [index, memberId]))
  const heard = events.map((event) => ({ event, memberId: members.get(indexes.get(event.handler ?? '') ?? '') ?? null }))
  return noteCalls(ctx, connectionId, heard, rows)
}

/** What a call's session is known by: a dialler may make its name for a call of the number that called, and the name outlives the call. */
export const sessionIndex = (ctx: Ctx, connectionId: string, sessionId: string): Promise<string> => ctx.vault.index('calls.session', `${connectionId} ${sessionId}`)
