import type { HookSender } from '../core/hooks/sender.ts'
import { newId } from '../core/id.ts'
import type { Probe } from '../core/trust/probe.ts'
import { callSenders } from './intake/senders.ts'
import { overdueCalls } from './log/store.ts'

/** The hourly run finishes what broke off; what is older than that was forgotten by it. */
const SWEPT_WITHIN_MS = 3_600_000

/** Whether the check that each webhook passes still tells a sender's secret from another. */
export const webhooksProbe = (senders: readonly HookSender[]): Probe => ({
  id: 'calls.webhooks',
  says: 'Messages of every dialler, signed anew and put before the check that each webhook passes: with its own secret, and with another',
  unit: 'diallers',
  measure: async ({ now }) => {
    const holds = await Promise.all(
      senders.map(async ({ newSecret, sample, verify }) => {
        const [own, others] = [newSecret(), newSecret()]
        const message = await sample(own, now, newId('wev', now))
        return (await verify(message, own, now)).accepted && !(await verify(message, others, now)).accepted
      }),
    )
    const held = holds.filter(Boolean).length
    return { passed: held === senders.length, value: `${held} of ${senders.length} accept their own secret and no other`, measure: held }
  },
})

/** What decides whether the controls of calls may say `active`. */
export const callsProbes: readonly Probe[] = [
  webhooksProbe(callSenders),
  {
    id: 'calls.purge',
    says: 'Calls that still hold something of their caller an hour after it should have been destroyed',
    unit: 'calls',
    measure: async ({ reach, now }) => {
      const counts = await Promise.all(reach.shardNames.map((name) => overdueCalls(reach.reader(name), now - SWEPT_WITHIN_MS)))
      const overdue = counts.reduce((sum, each) => sum + each, 0)
      return { passed: overdue === 0, value: overdue === 0 ? 'none overdue' : `${overdue} overdue`, measure: overdue }
    },
  },
]
