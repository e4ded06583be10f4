import { defineEvent, meta } from '../audit/event.ts'
import { defineModule } from '../module.ts'

export const retentionRan = defineEvent('core.retention.ran', 'What was past its time was removed; the counts of each rule stand in the run’s own rows.', { rules: meta.count(), done: meta.count(), failed: meta.count() }, { urgent: true })

/** A trigger lets rows of the log of sign-ins go below the floor only; raising it is an event, so that nobody empties that log unnoticed. */
export const floorRaised = defineEvent('core.auth_log.floor_raised', 'Rows of the platform’s log of sign-ins that are past their time may go.', { result: meta.oneOf(['success', 'failure']), before: meta.count() }, { urgent: true })

/** The engine that carries out every module's retention rules, hourly. */
export const retentionModule = defineModule({
  name: 'retention',
  rights: [],
  sealedFields: [],
  events: [retentionRan, floorRaised],
  limits: [],
  retention: [{ name: 'job_runs', what: 'What each run of a scheduled job came to', keep: { ms: 365 * 86_400_000 }, then: 'deleted', claims: ['CAL-80'] }],
  controls: [],
  subprocessors: [],
  reveals: [],
})
