import type { CallView } from '../../../worker/calls/log/contract.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Moment } from '../../ui/timeline.tsx'

/** A call's life in order: what has happened, and what is still to come. */
export function momentsOf(call: CallView): Moment[] {
  const message = call.outcome === 'message'
  const moment = (key: string, title: string, at: number | null, state: Moment['state'] = 'done'): Moment[] => (at === null ? [] : [{ key, title, when: <RelativeTime at={at} />, state }])
  return [
    ...moment('started', message ? 'Sent' : 'Rang', call.startedAt),
    ...moment('answered', 'Answered', call.answeredAt),
    ...(message ? [] : moment('ended', call.answeredAt === null ? 'Ended without an answer' : 'Ended', call.endedAt)),
    ...(call.state === 'purged' ? moment('purged', 'Number and words destroyed', call.purgedAt) : moment('cap', 'Number and words are destroyed at the latest', call.capAt, 'open')),
  ]
}
