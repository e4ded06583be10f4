import { defineEvent, meta } from '../audit/event.ts'
import { defineModule } from '../module.ts'

export const retentionRan = defineEvent('core.retention.ran', 'What was past its time was removed; the counts of each rule stand in the run’s own rows.', { rules: meta.count(), done: meta.count(), failed: meta.count() }, { urgent: true })

/** A trigger lets rows of the log of sign-ins go below the floor only; raising it is an event, so that nobody empties that log unnoticed. */
export const floorRaised = defineEvent('core.auth_log.floor_raised', 'Rows of the platform’s log of sign-ins that are past their time may go.', { result: meta.oneOf(['success', 'failure']), before: meta.count() }, { urgent: true })

/** The name under which a whole run is kept, beside those of its rules. */
export const RUN_JOB = 'retention'

/** The engine that carries out every module's retention rules, hourly. */
export const retentionModule = defineModule({
  name: 'retention',
  rights: [],
  sealedFields: [],
  events: [retentionRan, floorRaised],
  limits: [],
  retention: [{ name: 'job_runs', what: 'What each run of a scheduled job came to', enters: 'Counted by the job itself', keep: { ms: 365 * 86_400_000 }, then: 'deleted', claims: ['CAL-80'] }],
  controls: [
    {
      id: 'retention.hourly', name: 'Retention enforced from its declaration', status: 'active', probe: 'retention.hourly',
      how: 'Every rule of the schedule below names how long, and an hourly job carries it out from that very line: resumable, one rule’s failure holding up no other, at the cost of what is due rather than of what is kept.',
      enforcedBy: ['worker/core/retention/run-retention.ts', 'worker/core/retention/sweeps.ts', 'worker/cron.ts'], claims: ['CAL-80', 'IFD-105', 'IFD-106'], frameworks: ['CC6.5', 'P4.3'],
    },
  ],
  subprocessors: [],
  reveals: [],
})
