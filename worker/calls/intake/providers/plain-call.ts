import { callEventKinds, SMS_CHARS, TRANSCRIPT_CHARS, type CallEvent } from '../call-event.ts'
import { toE164 } from '../phone.ts'
import { directionOf, eventsOf, fieldsOf, idOf, momentOf, secondsOf, textOf, unsaid } from '../reading.ts'

/**
 * What a dialler without an adapter of its own is asked to send, in the envelope of Standard Webhooks:
 * `{ "type": "call.ended", "timestamp": "2026-11-27T09:00:00Z", "data": { "call", "direction", "phone", "agent", "duration", "transcript", "text" } }`.
 * `duration` is in seconds. What else it sends is left.
 */
export const parsePlainCall = (provider: 'generic' | 'standard') => (body: unknown, eventId: string): readonly CallEvent[] => {
  const { type, timestamp, data } = fieldsOf(body)
  const kind = callEventKinds.find((each) => type === `call.${each}`) ?? null
  const said = fieldsOf(data)
  return eventsOf([
    {
      ...unsaid, provider, eventId, kind, sessionId: idOf(said.call), direction: directionOf(said.direction), at: momentOf(timestamp), handler: textOf(said.agent, 200) ?? idOf(said.agent), phone: toE164(said.phone),
      durationS: kind === 'ended' ? secondsOf(said.duration, 1000) : null,
      transcript: kind === 'transcript' ? textOf(said.transcript, TRANSCRIPT_CHARS) : null,
      text: kind === 'sms' ? textOf(said.text, SMS_CHARS) : null,
    },
  ])
}
