import { remindOfExpiries } from './contracting/passport/remind-of-expiries.ts'
import { nameMissingDocuments } from './contracting/producers/name-missing-documents.ts'
import { runDueReleases } from './contracting/producers/run-due-releases.ts'
import { pokeUndrained } from './core/audit/poke-undrained.ts'
import { deliverOverdue } from './core/delivery/deliver-due.ts'
import { report } from './core/failure.ts'
import { dueWork, hookTemplates, mailTemplates, manifests, probes, sweeps } from './modules.ts'
import { goOnWithRetention, runRetention } from './core/retention/run-retention.ts'
import { runTenancyJobs } from './core/tenancy/run-tenancy-jobs.ts'
import { sealedTables } from './core/tenancy/sweep-seal-root.ts'
import { runProbesDue } from './core/trust/run-probes.ts'
import { wake, type CronParts } from './wake.ts'

/** One scheduled job. Idempotent: a skipped, doubled or overlapping run harms nothing. */
type Job = { readonly name: string; readonly run: (parts: CronParts) => Promise<unknown> | null }

/** Every minute: the net under alarms and wake-ups that were lost. */
const everyMinute: readonly Job[] = [
  { name: 'poke-undrained', run: ({ reach, now }) => pokeUndrained(reach, now) },
  { name: 'deliver', run: (parts) => deliverOverdue(parts, { mails: mailTemplates, hooks: hookTemplates }) },
  { name: 'tenancy', run: (parts) => runTenancyJobs({ ...parts, drain: (id) => wake(parts, 'drain-outbox', id), sealed: sealedTables(manifests) }) },
  { name: 'due-releases', run: (parts) => runDueReleases(parts) },
  { name: 'retention-backlog', run: (parts) => goOnWithRetention(parts, sweeps, manifests) },
  ...dueWork.map(({ name, overdue }) => ({ name, run: overdue })),
  { name: 'probes', run: (parts) => runProbesDue({ ...parts, sealedFields: manifests.flatMap((manifest) => manifest.sealedFields) }, probes) },
]

/** Every hour: what is due (CAL-80). */
const everyHour: readonly Job[] = [
  { name: 'retention', run: (parts) => runRetention(parts, sweeps, manifests) },
  { name: 'name-documents', run: (parts) => nameMissingDocuments(parts) },
  { name: 'expiry-reminders', run: (parts) => remindOfExpiries(parts) },
]

/** Run the jobs of one schedule, each on its own: one that fails does not hold up the next. */
export async function runCron(parts: CronParts, cron: string): Promise<void> {
  for (const job of cron === '0 * * * *' ? everyHour : everyMinute) {
    try {
      await job.run(parts)
    } catch (thrown) {
      report(`cron ${job.name}`, thrown)
    }
  }
}
