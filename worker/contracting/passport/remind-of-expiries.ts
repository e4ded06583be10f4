import { tryJob, type JobParts } from '../../core/job.ts'
import { tenantsToLookAt } from './expiry-store.ts'
import { dayOf } from './gaps.ts'
import { remindProducer } from './remind-producer.ts'

/** Tenants that one look finds, and that one run looks after: each costs a few statements, and D1 takes a thousand from one invocation. */
const LOOK = 50
const A_RUN = 100

/** The hourly run: every producer with a day to be told of, one failing without holding up the next. Costs what is due, not what is kept. */
export async function remindOfExpiries(parts: JobParts): Promise<{ told: number; failed: number }> {
  const run = { told: 0, failed: 0, seen: 0 }
  for (const name of parts.reach.shardNames) {
    let after = ''
    for (let more = true; more && run.seen < A_RUN; ) {
      const found = await tenantsToLookAt(parts.reach.reader(name), dayOf(parts.now), after, LOOK)
      for (const tenantId of found) {
        run.seen += 1
        const tried = await tryJob(parts, tenantId, 'expiry-reminders', remindProducer)
        if (tried.failed) run.failed += 1
        else run.told += tried.value ?? 0
      }
      after = found.at(-1) ?? after
      more = found.length === LOOK
    }
  }
  return { told: run.told, failed: run.failed }
}
