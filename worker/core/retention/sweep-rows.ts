import { jobVisit, type JobParts } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { removeExpiredInDirectory, removeExpiredOnShard, type Expired } from '../tenancy/remove-expired.ts'
import { floorRaised } from './module.ts'
import { authRowsBelow, hasAuthRowsBelow, raiseAuthFloor, type AuthResult } from './store.ts'
import type { Sweep, Swept, SweepTerms } from './sweep.ts'

/** Rows that one statement removes. */
const CHUNK = 500

/** What is past its time at `now`, kept `keepMs` long. */
type Due<E> = (now: number, keepMs: number) => readonly E[]

/** A sweep over rows of the directory. */
export const sweepDirectory = (rule: string, due: Due<Expired>): Sweep => ({
  rule,
  run: ({ reach, now }, terms) => inChunks(due(now, terms.keepMs ?? 0).map((expired) => (limit) => removeExpiredInDirectory(reach, expired, limit)), terms),
})

/** A sweep over the platform's log of sign-ins, whose floor is raised first and with an event (IFD-105, IFD-106). */
export const sweepAuthLog = (rule: string, result: AuthResult): Sweep => ({
  rule,
  run: async (parts, terms) => {
    const { directory, commitDirectory, now } = jobVisit(parts, 'retention')
    const before = now - (terms.keepMs ?? Number.POSITIVE_INFINITY)
    if (!(await directory.read(hasAuthRowsBelow(directory, result, before)))) return { done: 0, failed: 0, cursor: null }
    await commitDirectory([raiseAuthFloor(directory, result, before)], floorRaised(PLATFORM, { result, before }))
    return inChunks([(limit) => removeExpiredInDirectory(parts.reach, authRowsBelow(result, before), limit)], terms)
  },
})

/** A sweep over rows of all tenants, shard by shard. */
export const sweepShards = (rule: string, due: Due<Parameters<typeof removeExpiredOnShard>[2]>): Sweep => ({
  rule,
  run: ({ reach, now }: JobParts, terms) =>
    inChunks(reach.shardNames.flatMap((name) => due(now, terms.keepMs ?? 0).map((expired) => (limit: number) => removeExpiredOnShard(reach, name, expired, limit))), terms),
})

/** One place after the other until nothing is due there. The cursor is the number of the place: what is gone needs none. */
async function inChunks(places: readonly ((limit: number) => Promise<number>)[], { budget, cursor }: SweepTerms): Promise<Swept> {
  let done = 0
  for (let at = Math.min(Number(cursor ?? 0), places.length - 1), visited = 0; visited < places.length; visited += 1, at = (at + 1) % places.length) {
    for (;;) {
      if (done >= budget) return { done, failed: 0, cursor: String(at) }
      const limit = Math.min(CHUNK, budget - done)
      const gone = (await places[at]?.(limit)) ?? 0
      done += gone
      if (gone < limit) break
    }
  }
  return { done, failed: 0, cursor: null }
}
