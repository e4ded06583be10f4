import { fromUtf8 } from '../../../core/vault/bytes.ts'
import { SMS_CHARS, TRANSCRIPT_CHARS, type CallEvent } from '../call-event.ts'
import { messageId } from '../message-id.ts'
import { toE164 } from '../phone.ts'
import type { HookRequest, Provider, Verdict } from '../provider.ts'
import { directionOf, eventsOf, fieldsOf, idOf, listOf, momentOf, secondsOf, textOf, unsaid } from '../reading.ts'
import { offTime } from '../signed-time.ts'
import { readToken } from '../signed-token.ts'

/**
 * Dialpad: the body is a compact JWT, signed HS256 with the secret given to `POST /api/v2/webhooks`, its claims are the event
 * (developers.dialpad.com: call events, SMS events). Without a secret Dialpad sends plain JSON, which is refused like
 * anything unsigned. The token promises no `exp`: the event's own time is the signed one, and the event's id is its keyed hash.
 */
export const dialpad: Provider = { name: 'dialpad', verify, parse }

async function verify({ body }: HookRequest, secret: string, now: number): Promise<Verdict> {
  if (body.length === 0) return { accepted: false, why: 'missing' }
  const token = asciiOf(body)
  if (token === null) return { accepted: false, why: 'malformed' }
  const read = await readToken(token, secret)
  if (!read.ok) return { accepted: false, why: read.why }
  const { iat, event_timestamp, created_date } = read.claims
  const signedAt = typeof iat === 'number' ? iat * 1000 : (momentOf(event_timestamp) ?? momentOf(created_date))
  const why = signedAt === null ? null : offTime(signedAt, now)
  return why ? { accepted: false, why } : { accepted: true, body: read.claims, eventId: await messageId(secret, read.payload), signedAt }
}

function asciiOf(bytes: Uint8Array): string | null {
  return bytes.every((byte) => byte < 0x80) ? fromUtf8(bytes) : null
}

const kinds: Readonly<Record<string, CallEvent['kind']>> = {
  calling: 'ringing', ringing: 'ringing', connected: 'answered', hangup: 'ended', missed: 'missed', voicemail: 'voicemail', voicemail_uploaded: 'voicemail',
}

/** Legs of one call, through a call centre or a transfer, share the entry point's id: that is the session. */
function parse(body: unknown, eventId: string): readonly CallEvent[] {
  const said = fieldsOf(body)
  if (said.call_id === undefined && said.text !== undefined) return parseSms(said, eventId)
  const state = typeof said.state === 'string' ? said.state : ''
  const transcript = textOf(said.transcription_text, TRANSCRIPT_CHARS)
  const about = {
    ...unsaid,
    provider: 'dialpad',
    eventId,
    sessionId: idOf(said.entry_point_call_id) ?? idOf(said.call_id),
    direction: directionOf(said.direction),
    at: momentOf(said.event_timestamp) ?? momentOf(said.date_ended) ?? momentOf(said.date_connected) ?? momentOf(said.date_started),
    handler: userOf(said.target),
    phone: toE164(said.external_number) ?? toE164(fieldsOf(said.contact).phone),
  } as const
  const kind = kinds[state] ?? null
  return eventsOf([
    { ...about, kind, durationS: kind === 'ended' ? secondsOf(said.duration, 1) : null },
    { ...about, kind: transcript === null ? null : 'transcript', transcript },
  ])
}

function parseSms(said: Readonly<Record<string, unknown>>, eventId: string): readonly CallEvent[] {
  const direction = directionOf(said.direction)
  const other = direction === 'inbound' ? said.from_number : (listOf(said.to_number)[0] ?? said.to_number)
  const sessionId = idOf(said.id)
  return eventsOf([
    {
      ...unsaid, provider: 'dialpad', eventId, sessionId, kind: 'sms', direction, at: momentOf(said.event_timestamp) ?? momentOf(said.created_date), handler: userOf(said.target), phone: toE164(other),
      text: textOf(said.text, SMS_CHARS),
    },
  ])
}

/** A call centre or an office is nobody. */
function userOf(target: unknown): string | null {
  const { type, email, id } = fieldsOf(target)
  return type === 'user' ? (textOf(email, 200) ?? idOf(id)) : null
}
