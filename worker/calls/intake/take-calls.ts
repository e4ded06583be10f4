import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { HookEffect } from '../../core/hooks/sender.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import type { HeardEvent } from '../log/fold.ts'
import { noteCalls } from '../log/note-calls.ts'
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
  const noted = await noteCalls(ctx, connectionId, await whose(ctx, connectionId, news))
  return { type, result: 'taken', ...noted, afterwards: (parts, tenantId) => popRinging(parts, tenantId, noted.events) }
}

/** Of the calls that ring, or were answered by somebody, each is shown to whoever handles it. */
async function popRinging(parts: JobParts, tenantId: string, told: readonly RecordedEvent[]): Promise<void> {
  for (const { subject, meta } of told) if (meta['kind'] === 'ringing' || meta['kind'] === 'answered') await runJob(parts, tenantId, 'screen-pop', (ctx) => popCall(ctx, subject))
}

async function whose(ctx: Ctx, connectionId: string, events: readonly CallEvent[]): Promise<HeardEvent[]> {
  const words = [...new Set(events.flatMap(({ handler }) => (handler === null ? [] : [handler])))]
  const indexes = new Map(await Promise.all(words.map(async (word) => [word, await wordIndex(ctx, word)] as const)))
  const known = words.length === 0 ? [] : await ctx.db.read(handlersByWord(ctx.db, connectionId, [...indexes.values()]))
  const members = new Map(known.map(({ wordIndex: index, memberId }) => [index, memberId]))
  return events.map((event) => ({ event, memberId: members.get(indexes.get(event.handler ?? '') ?? '') ?? null }))
}
