import { sha256Hex } from '../../../core/vault/digest.ts'
import { equalSecrets } from '../../../core/vault/equal.ts'
import { SMS_CHARS, type CallEvent } from '../call-event.ts'
import { jsonObject } from '../json-body.ts'
import { messageId } from '../message-id.ts'
import { toE164 } from '../phone.ts'
import type { HookRequest, Provider, Verdict } from '../provider.ts'
import { directionOf, eventsOf, fieldsOf, idOf, momentOf, secondsOf, textOf, unsaid } from '../reading.ts'
import { offTime } from '../signed-time.ts'
import { readToken } from '../signed-token.ts'

/**
 * Vonage (Voice and Messages): `Authorization: Bearer <JWT>`, signed HS256 with the account's signature secret; the token
 * names the body by `payload_hash`, the hex SHA-256 of its bytes, and says when by `iat` (developer.vonage.com: decoding
 * signed webhooks). The event's id is a keyed hash of the body: a repetition is the
 * same event, whatever token it comes with.
 */
export const vonage: Provider = { name: 'vonage', verify, parse }

async function verify({ headers, body }: HookRequest, secret: string, now: number): Promise<Verdict> {
  const authorization = headers.get('Authorization')
  if (authorization === null) return { accepted: false, why: 'missing' }
  const [, token] = /^Bearer ([\w.-]+)$/.exec(authorization) ?? []
  if (token === undefined) return { accepted: false, why: 'not_canonical' }
  const read = await readToken(token, secret)
  if (!read.ok) return { accepted: false, why: read.why }
  const { iat, payload_hash } = read.claims
  if (typeof payload_hash !== 'string' || typeof iat !== 'number' || !Number.isSafeInteger(iat)) return { accepted: false, why: 'malformed' }
  if (!/^[0-9a-f]{64}$/.test(payload_hash)) return { accepted: false, why: 'not_canonical' }
  if (!equalSecrets(payload_hash, await sha256Hex(body))) return { accepted: false, why: 'wrong_signature' }
  const why = offTime(iat * 1000, now)
  if (why) return { accepted: false, why }
  const said = jsonObject(body)
  return said ? { accepted: true, body: said, eventId: await messageId(secret, body), signedAt: iat * 1000 } : { accepted: false, why: 'malformed' }
}

const kinds: Readonly<Record<string, CallEvent['kind']>> = {
  started: 'ringing', ringing: 'ringing', answered: 'answered', completed: 'ended', busy: 'missed', cancelled: 'missed', unanswered: 'missed', timeout: 'missed', rejected: 'missed', failed: 'missed',
}

/** Legs of one call share the conversation. What a `record` action sends is addresses of audio and text, and has no status we know: it is left. */
function parse(body: unknown, eventId: string): readonly CallEvent[] {
  const said = fieldsOf(body)
  if (said.channel === 'sms') return parseSms(said, eventId)
  const direction = directionOf(said.direction)
  const [ours, other] = direction === 'inbound' ? ([said.to_user ?? said.to, said.from] as const) : ([said.from_user ?? said.from, said.to] as const)
  const kind = (typeof said.status === 'string' ? kinds[said.status] : undefined) ?? null
  return eventsOf([
    {
      ...unsaid, provider: 'vonage', eventId, sessionId: idOf(said.conversation_uuid) ?? idOf(said.uuid), kind, direction, at: momentOf(said.timestamp) ?? momentOf(said.end_time), handler: textOf(ours, 200),
      phone: toE164(other, 'international'), durationS: kind === 'ended' ? secondsOf(said.duration, 1000) : null,
    },
  ])
}

/** An inbound message; what was sent is told by a status that has no text, and is left. */
function parseSms(said: Readonly<Record<string, unknown>>, eventId: string): readonly CallEvent[] {
  return eventsOf([
    {
      ...unsaid, provider: 'vonage', eventId, sessionId: idOf(said.message_uuid), kind: said.message_type === 'text' ? 'sms' : null, direction: 'inbound', at: momentOf(said.timestamp), handler: textOf(said.to, 200),
      phone: toE164(said.from, 'international'), text: textOf(said.text, SMS_CHARS),
    },
  ])
}
