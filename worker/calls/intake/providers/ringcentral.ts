import { equalSecrets } from '../../../core/vault/equal.ts'
import { SMS_CHARS, type CallEvent } from '../call-event.ts'
import { jsonObject } from '../json-body.ts'
import { toE164 } from '../phone.ts'
import type { HookRequest, Provider, Verdict } from '../provider.ts'
import { directionOf, eventsOf, fieldsOf, idOf, listOf, momentOf, textOf, unsaid } from '../reading.ts'

/**
 * RingCentral signs nothing: each event carries the `Verification-Token` that the subscription was made with, which proves
 * that its sender knows a secret and nothing about the body (developers.ringcentral.com: creating and receiving webhooks).
 * A replay is refused by the event's `uuid`.
 */
export const ringcentral: Provider = { name: 'ringcentral', verify, parse, handshake }

async function verify({ headers, body }: HookRequest, secret: string): Promise<Verdict> {
  const token = headers.get('Verification-Token')
  if (token === null || token === '' || secret === '') return { accepted: false, why: 'missing' }
  if (!equalSecrets(token, secret)) return { accepted: false, why: 'wrong_signature' }
  const said = jsonObject(body)
  const uuid = said?.uuid
  if (!said || typeof uuid !== 'string' || !/^[\w-]{1,128}$/.test(uuid)) return { accepted: false, why: 'malformed' }
  return { accepted: true, body: said, eventId: uuid, signedAt: null }
}

/** The subscription's first call: its token comes back as it came, if it is one. The answer must stay below 1,024 bytes with all its headers. */
function handshake(headers: Headers): Readonly<Record<string, string>> | null {
  const token = headers.get('Validation-Token')
  return token !== null && /^[A-Za-z0-9-]{1,128}$/.test(token) ? { 'Validation-Token': token } : null
}

/** Why a party left that did not end the call: it went on elsewhere, and another party will say so. */
const wentOn = new Set([
  'Pickup', 'TakeOver', 'BlindTransfer', 'RccTransfer', 'AttendedTransfer', 'CallFlip', 'CallSwitch', 'AgentAnswered', 'CallPark', 'ParkLocation', 'CallRedirected', 'DtmfTransfer', 'CallerInputRedirect', 'Voicemail',
])

function kindOf(party: Readonly<Record<string, unknown>>): CallEvent['kind'] | null {
  const { code, reason } = fieldsOf(party.status)
  if (code === 'Setup') return directionOf(party.direction) === 'outbound' ? 'ringing' : null
  if (code === 'Proceeding') return 'ringing'
  if (code === 'Answered') return 'answered'
  if (code === 'VoiceMail') return 'voicemail'
  if (code !== 'Disconnected' || (typeof reason === 'string' && wentOn.has(reason))) return null
  return party.missedCall === true ? 'missed' : 'ended'
}

/** A telephony session's parties, one event for each that says something; or a message of the store. */
function parse(body: unknown, eventId: string): readonly CallEvent[] {
  const envelope = fieldsOf(body)
  const said = fieldsOf(envelope.body)
  if (said.type === 'SMS') return parseSms(said, eventId)
  const sessionId = idOf(said.telephonySessionId)
  return eventsOf(
    listOf(said.parties).map((each) => {
      const party = fieldsOf(each)
      const direction = directionOf(party.direction)
      return {
        ...unsaid, provider: 'ringcentral', eventId, sessionId, kind: kindOf(party), direction, at: momentOf(envelope.timestamp) ?? momentOf(said.eventTime), handler: idOf(party.extensionId),
        phone: toE164(fieldsOf(direction === 'inbound' ? party.from : party.to).phoneNumber),
      }
    }),
  )
}

/** RingCentral calls an SMS's text its subject. Attachments are addresses, and are left. */
function parseSms(said: Readonly<Record<string, unknown>>, eventId: string): readonly CallEvent[] {
  const direction = directionOf(said.direction)
  const [ours, other] = direction === 'inbound' ? [fieldsOf(listOf(said.to)[0]), fieldsOf(said.from)] : [fieldsOf(said.from), fieldsOf(listOf(said.to)[0])]
  const handler = idOf(ours.extensionId) ?? idOf(ours.extensionNumber)
  return eventsOf([
    { ...unsaid, provider: 'ringcentral', eventId, sessionId: idOf(said.id), kind: 'sms', direction, at: momentOf(said.creationTime), handler, phone: toE164(other.phoneNumber), text: textOf(said.subject, SMS_CHARS) },
  ])
}
