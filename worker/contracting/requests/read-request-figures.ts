import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import { waitingStates, type RequestState, type Waiting } from './contract.ts'
import { rights } from './module.ts'
import { appointmentsSince, countsByAge } from './store.ts'

const DAY_MS = 86_400_000
/** A request that stood a week is looked at, one that stood a month is stuck. */
const WEEK_MS = 7 * DAY_MS
const MONTH_MS = 30 * DAY_MS
/** How far back appointments are counted, and at most how many. */
const LOOKED_BACK_MS = 180 * DAY_MS
const COUNTED = 2000

/** Requests of one state by how long they have stood there. */
export type StateAges = { readonly state: RequestState; readonly waitsFor: Waiting; readonly week: number; readonly month: number; readonly older: number }

export type RequestFigures = {
  /** Where requests that are not over stand, in the order in which they come through. */
  readonly byState: StateAges[]
  readonly waiting: Readonly<Record<Waiting, number>>
  /** Standing where they are for more than thirty days. */
  readonly stuck: number
  /** From the draft to the first appointment, milliseconds, over the last 180 days; null before there was one. */
  readonly appointed: { readonly count: number; readonly median: number; readonly ninth: number } | null
}

const order: readonly RequestState[] = ['draft', 'ready', 'signed', 'transmitted', 'accepted', 'returned']
const whoseMove = Object.fromEntries(Object.entries(waitingStates).flatMap(([who, states]) => states.map((state) => [state, who]))) as Record<RequestState, Waiting> // `as`: for the states of `order`, which are those

/** How the FMO's contracting stands: what waits for whom, how long, and how long it takes until a producer is appointed. */
export async function readRequestFigures(ctx: Ctx): Promise<RequestFigures> {
  demand(ctx, rights.readRequests)
  const [counts, appointments] = await ctx.db.readAll([countsByAge(ctx.db, { week: ctx.now - WEEK_MS, month: ctx.now - MONTH_MS }), appointmentsSince(ctx.db, ctx.now - LOOKED_BACK_MS, COUNTED)])
  const byState = order.map((state) => {
    const [week = 0, month = 0, older = 0] = [0, 1, 2].map((age) => counts.find((each) => each.state === state && each.age === age)?.n)
    return { state, waitsFor: whoseMove[state], week, month, older }
  })
  const waiting = (who: Waiting) => byState.reduce((sum, each) => sum + (each.waitsFor === who ? each.week + each.month + each.older : 0), 0)
  return {
    byState,
    waiting: { fmo: waiting('fmo'), producer: waiting('producer'), carrier: waiting('carrier') },
    stuck: byState.reduce((sum, each) => sum + each.older, 0),
    appointed: spread(firsts(appointments)),
  }
}

/** How long each request took until its first appointment. */
function firsts(rows: readonly { requestId: string; createdAt: number; at: number }[]): number[] {
  const took = new Map<string, number>()
  for (const { requestId, createdAt, at } of rows) if (!took.has(requestId)) took.set(requestId, at - createdAt)
  return [...took.values()].toSorted((a, b) => a - b)
}

/** `ninth`: nine of ten took no longer. */
function spread(sorted: readonly number[]): RequestFigures['appointed'] {
  const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
  return sorted.length === 0 ? null : { count: sorted.length, median: rank(0.5), ninth: rank(0.9) }
}
