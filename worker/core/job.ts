import type { SeatCopy } from '../../durable-objects/account-words.ts'
import type { Ctx, Visit } from './ctx.ts'
import { outboxRows } from './commit.ts'
import { report } from './failure.ts'
import { newId } from './id.ts'
import { PLATFORM, type Reach } from './reach.ts'
import { atSeat } from './rerun.ts'
import { recorderOf, tenantCtx } from './tenant-ctx.ts'
import { findTenant, policyOf } from './tenancy/find-seat.ts'

/** What a cron or an alarm has: no request, no person. */
export type JobParts = { readonly reach: Reach; readonly now: number; readonly later: (work: () => Promise<unknown>) => void }

/** Something of a tenant's that falls due at a moment its rows know: rung for by the tenant's alarm, and found by the minute cron where the alarm was lost. */
export type DueWork = {
  readonly name: string
  readonly ofTenant: (parts: JobParts, tenantId: string) => Promise<unknown>
  readonly overdue: (parts: JobParts) => Promise<unknown>
}

/** The visit of a job: entries name it as `system`, and have no origin. */
export function jobVisit({ reach, now, later }: JobParts, job: string): Visit {
  const visit: Visit = {
    now,
    reach,
    later,
    origin: { sealed: null, ip: '', userAgent: '' },
    directory: reach.directory,
    platformVault: reach.vault(PLATFORM, 1, now),
    newId: (prefix) => newId(prefix, now),
    commitDirectory: async (writes, events, actor = { kind: 'system', id: job, role: null }) => {
      await reach.directory.write(writes, await outboxRows(recorderOf(PLATFORM, actor, visit), [events].flat()))
      later(() => reach.chain.poke(PLATFORM, now))
    },
  }
  return visit
}

/**
 * Run a verb in one tenant as the job named, under the tenant's policy as it stands now; again where the fence says that it
 * moved on meanwhile. Null for a tenant that is gone.
 */
export async function runJob<T>(parts: JobParts, tenantId: string, job: string, verb: (ctx: Ctx) => Promise<T>): Promise<T | null> {
  const seat = await findTenant(parts.reach, tenantId)
  return seat && runJobAt(parts, seat, job, verb)
}

/** The same at a seat by which the tenant was just entered: it is looked for only where the fence says that it moved on. */
export function runJobAt<T>(parts: JobParts, seat: SeatCopy, job: string, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  return atSeat(
    seat,
    () => findTenant(parts.reach, seat.tenantId),
    (found) => tenantCtx(jobVisit(parts, job), found, policyOf(found.preset, found.policy), { kind: 'system', job }, (id) => parts.reach.chain.poke(id, parts.now)),
    verb,
  )
}

/** The same for a run through many tenants: one that fails is reported by its id and holds up nobody. */
export async function tryJob<T>(parts: JobParts, tenantId: string, job: string, verb: (ctx: Ctx) => Promise<T>): Promise<{ failed: false; value: T | null } | { failed: true }> {
  try {
    return { failed: false, value: await runJob(parts, tenantId, job, verb) }
  } catch (thrown) {
    report(job, thrown, { tenant: tenantId })
    return { failed: true }
  }
}
