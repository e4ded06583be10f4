import type { DayCount, LogOverview, LogStatus } from '../../../durable-objects/audit-words.ts'
import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import { namesOfActors } from './actor-names.ts'
import type { AuditEntryView, AuditFilter } from './contract.ts'
import { chainFilter, isReading } from './filter.ts'
import { rights } from './module.ts'
import { auditEntryView } from './views.ts'

/** The audit page: what the filter finds, and how the log stands. */
export type AuditPage = {
  /** When this was read, epoch milliseconds. */
  readonly at: number
  /** False while the log's object cannot be reached: nothing of it can be shown, only what waits for it. */
  readonly reachable: boolean
  readonly entries: AuditEntryView[]
  /** Entries below this number come next; null at the end. */
  readonly next: number | null
  /** How many fit the filter; `more` when counting stopped there. */
  readonly count: number
  readonly more: boolean
  readonly actors: { id: string; name: string }[]
  readonly standing: Pick<LogStatus, 'size' | 'floor' | 'refusal' | 'verifiedTo' | 'brokenAt'> & { signedTo: number; signedAt: number | null }
  readonly figures: { entriesADay: number; sensitiveReads: number; sealedWithinMs: number | null; days: readonly DayCount[] }
  /** Events committed but not sealed yet, and since when the oldest of them waits. */
  readonly waiting: { events: number; since: number | null }
}

/**
 * Entries of the tenant's log, newest first, below `before`. The object is asked once; names come behind the fence, so that
 * nothing is shown to a role that no longer holds.
 */
export async function listAuditEntries(ctx: Ctx, filter: AuditFilter, before: number | null, limit: number): Promise<AuditPage> {
  demand(ctx, rights.readAudit)
  const [overview, names, { eventN, sealedN, oldestAt }] = await Promise.all([
    overviewOrNull(ctx, filter, before, limit),
    namesOfActors(ctx),
    ctx.db.progress(),
  ])
  const { page, status, figures } = overview ?? nothing
  const { size, floor, refusal, verifiedTo, brokenAt, checkpoint } = status
  return {
    at: ctx.now,
    reachable: overview !== null,
    entries: page.entries.map((row) => auditEntryView(row, names)),
    next: page.next,
    count: page.count,
    more: page.count >= page.countedTo,
    actors: [...names].map(([id, name]) => ({ id, name })),
    standing: { size, floor, refusal, verifiedTo, brokenAt, signedTo: checkpoint?.size ?? 0, signedAt: checkpoint?.at ?? null },
    figures: {
      entriesADay: figures.day.reduce((sum, { count }) => sum + count, 0),
      sensitiveReads: figures.day.reduce((sum, { name, count }) => sum + (isReading(name) ? count : 0), 0),
      sealedWithinMs: figures.sealedWithinMs,
      days: figures.days,
    },
    waiting: { events: eventN - sealedN, since: oldestAt },
  }
}

const nothing: LogOverview = {
  page: { entries: [], next: null, count: 0, countedTo: 1 },
  status: { size: 0, head: '', checkpoint: null, refusal: null, floor: 0, sealedForGood: false, verifiedTo: 0, brokenAt: null },
  figures: { day: [], sealedWithinMs: null, lastCheckpointAt: null, days: [] },
}

/** Writes go on while the log's object is away, so its page does too: it says what waits. */
async function overviewOrNull(ctx: Ctx, filter: AuditFilter, before: number | null, limit: number): Promise<LogOverview | null> {
  try {
    return await ctx.reach.chain.overview(ctx.tenant.id, ctx.now, chainFilter(filter), before, limit)
  } catch {
    return null
  }
}
