import { lastJobRun } from '../tenancy/job-store.ts'
import type { Probe } from '../trust/probe.ts'
import { RUN_JOB } from './module.ts'

/** Two missed hours and the schedule is not what we say it is. */
const LATE_MS = 2 * 3_600_000

/** What decides whether retention may say `active`. */
export const retentionProbes: readonly Probe[] = [
  {
    id: 'retention.hourly',
    says: 'The last hourly run of the retention rules, and whether any of them failed',
    unit: 'minutes ago',
    measure: async ({ reach, now }) => {
      const last = await reach.directory.read(lastJobRun(reach.directory, RUN_JOB))
      if (!last) return { passed: false, value: 'has not run yet', measure: null }
      const minutes = Math.max(0, Math.round((now - last.at) / 60_000))
      return { passed: now - last.at <= LATE_MS && last.failed === 0, value: `${minutes} min ago, ${last.done} removed, ${last.failed} failed`, measure: minutes }
    },
  },
]
