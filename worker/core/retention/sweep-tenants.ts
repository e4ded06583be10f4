import type { Ctx } from '../ctx.ts'
import { report } from '../failure.ts'
import { runJob, type JobParts } from '../job.ts'
import type { ShardReader } from '../tenancy/shard-reader.ts'
import type { Sweep, Swept, SweepTerms } from './sweep.ts'

/** Things that one tenant's verb removes in one go. */
const CHUNK = 50
/** Tenants that one look finds. */
const LOOK = 50

/** What a sweep over tenants needs: who has something due (by id, after `after`), and the verb that removes at most `limit` of it. */
export type TenantSweep = {
  readonly tenants: (shard: ShardReader, now: number, after: string, limit: number) => Promise<readonly string[]>
  readonly remove: (ctx: Ctx, limit: number) => Promise<number>
  /** Things one run removes at most: each costs several statements, and D1 takes a thousand from one invocation. */
  readonly atMost: number
}

/**
 * A sweep that runs a verb in each tenant with something due, one tenant after the other in the order of their ids. One that
 * fails is counted, told by its id, and passed over until the next hour. The cursor is the last tenant that was done.
 */
export const sweepTenants = (rule: string, sweep: TenantSweep): Sweep => ({ rule, run: (parts, terms) => everyTenant(parts, terms, rule, sweep) })

async function everyTenant(parts: JobParts, { budget, cursor }: SweepTerms, rule: string, { tenants, remove, atMost }: TenantSweep): Promise<Swept> {
  const { reach, now } = parts
  const [fromShard = reach.shardNames[0] ?? '', fromTenant = ''] = cursor?.split('/') ?? []
  let done = 0
  let failed = 0
  for (const name of reach.shardNames.slice(Math.max(0, reach.shardNames.indexOf(fromShard)))) {
    let after = name === fromShard ? fromTenant : ''
    for (let found = await tenants(reach.reader(name), now, after, LOOK); found.length > 0; found = await tenants(reach.reader(name), now, after, LOOK)) {
      for (const tenantId of found) {
        try {
          for (let gone = CHUNK; gone === CHUNK; done += gone) {
            if (done >= Math.min(budget, atMost)) return { done, failed, cursor: `${name}/${after}` }
            gone = (await runJob(parts, tenantId, 'retention', (ctx) => remove(ctx, CHUNK))) ?? 0
          }
        } catch (thrown) {
          failed += 1
          report(`retention ${rule}`, thrown, { tenant: tenantId })
        }
        after = tenantId
      }
    }
  }
  return { done, failed, cursor: null }
}
