import { pokeUndrained } from './core/audit/poke-undrained.ts'
import { deliverOverdue } from './core/delivery/deliver-due.ts'
import { mailTemplates } from './modules.ts'
import { report } from './problem.ts'
import type { WakeParts } from './wake.ts'

/** One scheduled job. Idempotent: a skipped, doubled or overlapping run harms nothing. */
type Job = { readonly name: string; readonly run: (parts: WakeParts) => Promise<unknown> }

/** Every minute: the net under alarms and wake-ups that were lost. */
const everyMinute: readonly Job[] = [
  { name: 'poke-undrained', run: ({ reach, now }) => pokeUndrained(reach, now) },
  { name: 'deliver', run: (parts) => deliverOverdue(parts, mailTemplates) },
]

/** Every hour: what is due (CAL-80). */
const everyHour: readonly Job[] = []

/** Run the jobs of one schedule, each on its own: one that fails does not hold up the next. */
export async function runCron(parts: WakeParts, cron: string): Promise<void> {
  for (const job of cron === '0 * * * *' ? everyHour : everyMinute) {
    try {
      await job.run(parts)
    } catch (thrown) {
      report(`cron ${job.name}`, thrown)
    }
  }
}
