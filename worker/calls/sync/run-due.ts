import { runJob, type JobParts } from '../../core/job.ts'
import { report } from '../../core/failure.ts'
import { finishPurge } from '../log/purge-calls.ts'
import { handOver, JOB, type HandOverParts } from './hand-over.ts'
import { metTheAms } from './settle.ts'
import { begunPurges, callsToHandOver, tenantsWithCallsToHandOver } from './store.ts'

/** Calls that one run hands over at most, so that each is dated by when it was: the next run begins at once. */
const AT_MOST = 10
const AGAIN_MS = 200
/** Calls in a row on which the AMS itself was the trouble, after which the others are left alone for a while. */
const ENOUGH = 3
const LATER_MS = 60_000
/** Calls that one look finds: more than one run hands over, for some were tried in it or wait for others. */
const LOOK = 50
/** Purges that broke off and are finished first. */
const PURGES = 20
/** Tenants of one shard that one minute looks after. */
const TENANTS = 100

/**
 * Hand over whatever of a tenant's calls is due, the earliest first, and finish purges that broke off. Answers how many calls
 * were tried.
 */
export async function handOverDue(parts: JobParts, tenantId: string, tools: HandOverParts): Promise<number> {
  await runJob(parts, tenantId, JOB, async (ctx) => {
    for (const row of await ctx.db.read(begunPurges(ctx.db, PURGES))) await finishPurge(ctx, row)
  })
  const seen = new Set<string>()
  let [tried, inTrouble, mayHasten] = [0, 0, true]
  // Asked for anew each time: a call that was handed over lets the next one of its number come forward.
  for (let id = await nextDue(parts, tenantId, seen); id !== null; id = await nextDue(parts, tenantId, seen)) {
    if (tried === AT_MOST || inTrouble === ENOUGH) {
      const at = parts.now + (inTrouble === ENOUGH ? LATER_MS : AGAIN_MS)
      parts.later(() => parts.reach.timers.set(tenantId, parts.now, 'run-due', at))
      break
    }
    const came = await handOver(parts, tenantId, id, tools, mayHasten)
    if (came === 'earlier first') {
      mayHasten = false
      continue
    }
    seen.add(id)
    if (came === null) continue
    tried += 1
    inTrouble = metTheAms(came) ? inTrouble + 1 : 0
  }
  return tried
}

async function nextDue(parts: JobParts, tenantId: string, seen: ReadonlySet<string>): Promise<string | null> {
  const found = await runJob(parts, tenantId, JOB, (ctx) => ctx.db.read(callsToHandOver(ctx.db, ctx.now, LOOK)))
  return found?.map(({ id }) => id).find((id) => !seen.has(id)) ?? null
}

/**
 * The minute cron's net: the alarm of whoever has a call that is due is rung, so that each tenant's calls go on beside the
 * others', however slow an AMS is. Where it cannot be rung the work is done here.
 */
export async function handOverOverdue(parts: JobParts, tools: HandOverParts): Promise<void> {
  const { reach, now } = parts
  const found = await Promise.all(reach.shardNames.map((name) => tenantsWithCallsToHandOver(reach.reader(name), now, TENANTS)))
  for (const tenantId of found.flat()) {
    try {
      await reach.timers.set(tenantId, now, 'run-due', now)
    } catch (thrown) {
      report(JOB, thrown, { tenant: tenantId })
      await handOverDue(parts, tenantId, tools).catch((failed: unknown) => report(JOB, failed, { tenant: tenantId }))
    }
  }
}
