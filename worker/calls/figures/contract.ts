import { z } from 'zod'

/** The periods that figures are told for, in days; today is the last of them. */
export const periods = ['7', '30', '90'] as const
export const Period = z.enum(periods)
export type Period = z.output<typeof Period>

/** What a ranking goes by. */
export const rankings = ['calls', 'minutes'] as const
export const Ranking = z.enum(rankings)
export type Ranking = z.output<typeof Ranking>

const Day = z.object({ day: z.string(), inbound: z.number(), outbound: z.number(), messages: z.number(), answered: z.number(), unanswered: z.number(), talkS: z.number() })

/** Nearest-rank percentiles in milliseconds; null where nothing was measured. */
const Latency = z.object({ count: z.number(), p50: z.number(), p90: z.number(), p99: z.number() }).nullable()
export type Latency = z.output<typeof Latency>

/** What a tenant's calls come to. No id, no name, no number of anybody is in it. */
export const CallFigures = z.object({
  period: Period,
  totals: z.object({ inbound: z.number(), outbound: z.number(), messages: z.number(), answered: z.number(), unanswered: z.number(), /** Of the inbound calls that are over, the part that was answered. */ answerRate: z.number().nullable(), talkS: z.number() }),
  days: z.array(Day),
  /** From a call's end to the AMS's receipt. */
  sync: Latency,
  /** From a call's end to its purge, where it followed the receipt. */
  purge: Latency,
  /** Calls whose note the AMS has, does not have yet, may have, will not get. */
  notes: z.object({ synced: z.number(), waiting: z.number(), unknown: z.number(), dead: z.number() }),
  /** What purges followed: the AMS's receipt, or the cap that is there should no receipt come. */
  purged: z.object({ bySync: z.number(), byCap: z.number() }),
})
export type CallFigures = z.output<typeof CallFigures>

const Place = z.object({ rank: z.number(), memberId: z.string(), name: z.string(), calls: z.number(), talkS: z.number(), /** The reader's own. */ own: z.boolean() })
export type Place = z.output<typeof Place>

export const Leaderboard = z.object({ period: Period, by: Ranking, places: z.array(Place), /** Whether the reader is left out of it. */ left: z.boolean() })
export type Leaderboard = z.output<typeof Leaderboard>
