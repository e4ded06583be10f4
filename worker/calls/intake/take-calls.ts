import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { HookEffect } from '../../core/hooks/sender.ts'
import { runJobAt, type JobParts } from '../../core/job.ts'
import { isAmsConnected } from '../ams/with-ams.ts'
import type { HeardEvent } from '../log/fold.ts'
import { callsHeardOf, noteCalls } from '../log/note-calls.ts'
import type { CallRow } from '../log/store.ts'
import { popCall } from '../pop/pop-call.ts'
import type { CallEvent } from './call-event.ts'
import { wordIndex } from './map-handler.ts'
import { handlersByWord } from './store.ts'

/** A message that is older than this by its own clock is no news: ids are remembered much longer, so nothing can be played again. */
const NEWS_MS = 7 * 86_400_000

/** What a dialler's proven message does: whatever it tells of calls goes into their log. */
export async function takeCalls(ctx: Ctx, connectionId: string, said: readonly CallEvent[]): Promise<HookEffect> {
  const type = said[0]?.kind ?? 'other'
  const news = said.filter(({ at }) => at > ctx.now - NEWS_MS).map((event) => ({ ...event, at: Math.min(event.at, ctx.now) })) // a dialler's clock dates nothing into the future
  if (news.length === 0) return { type, result: said.length === 0 ? 'nothing' : 'too_late', writes: [], events: [] }
  const { heard, rows, amsOpen } = await whatIsKnown(ctx, connectionId, news)
  const noted = await noteCalls(ctx, connectionId, heard, rows)
  // Where nobody handles it and no AMS can be asked there is nothing to show, and nobody to show it to.
  const ringing = noted.calls.filter(({ kind, memberId }) => (kind === 'ringing' || kind === 'answered') && (memberId !== null || amsOpen))
  const pop = async (parts: JobParts, seat: SeatCopy) => {
    for (const { id } of ringing) await runJobAt(parts, seat, 'screen-pop', (at) => popCall(at, id))
  }
  return { type, result: 'taken', ...noted, ...(ringing.length > 0 ? { afterwards: pop } : {}) }
}

/** Whose the calls are by their dialler's words, how they stand, and whether there is an AMS to ask: one question. */
async function whatIsKnown(ctx: Ctx, connectionId: string, events: readonly CallEvent[]): Promise<{ heard: HeardEvent[]; rows: CallRow[]; amsOpen: boolean }> {
  const words = [...new Set(events.flatMap(({ handler }) => (handler === null ? [] : [handler])))]
  const indexes = new Map(await Promise.all(words.map(async (word) => [word, await wordIndex(ctx, word)] as const)))
  const [known, rows, amsOpen] = await ctx.db.readAll([handlersByWord(ctx.db, connectionId, [...indexes.values()]), callsHeardOf(ctx.db, connectionId, events), isAmsConnected(ctx)])
  const members = new Map(known.map(({ wordIndex: index, memberId }) => [index, memberId]))
  const heard = events.map((event) => ({ event, memberId: members.get(indexes.get(event.handler ?? '') ?? '') ?? null }))
  return { heard, rows, amsOpen }
}
