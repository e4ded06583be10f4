import { expect, test } from 'vitest'
import { assertMutationsRefused, hookNow as now, hookRequest, type Message } from '../../../../tests/support/mutated-hook.ts'
import { ringcentral } from './ringcentral.ts'

const token = 'vt-agency-a-3f9c2e7d1b'
const others = 'vt-agency-b-77aa01c4e2'

/** As the vendor's page on account telephony sessions shows one. */
const event = (party: Record<string, unknown>, envelope: Record<string, unknown> = {}) => ({
  uuid: '7d1d6b1c-38ae-4cbb-a3a8-3f4b7d0f9a11', event: '/restapi/v1.0/account/37439510/telephony/sessions', timestamp: new Date(now).toISOString(), subscriptionId: '2cf5b2f1', ownerId: '304933', ...envelope,
  body: {
    sequence: 3, sessionId: '4503991004', telephonySessionId: 's-a0d7ef2a5b1', serverId: '10.62.25.111.TAM', eventTime: new Date(now - 500).toISOString(), origin: { type: 'Call' },
    parties: [{
      accountId: '37439510', extensionId: '62264425016', id: 'p-a0d7ef2a5b1-2', direction: 'Inbound', from: { phoneNumber: '+14155550132', name: 'CASEY CANARY' }, to: { phoneNumber: '+14155550100', name: 'Ada Agent', extensionId: '62264425016' },
      recordings: [{ id: 'canary-1', active: true }], missedCall: false, standAlone: false, muted: false, status: { code: 'Answered', rcc: false }, ...party,
    }],
  },
})
const sent = (body: unknown, verification = token, name = 'Verification-Token'): Message => ({ headers: { [name]: verification }, body: JSON.stringify(body) })
const verify = (message: Message, secret = token) => ringcentral.verify(hookRequest(message), secret, now)

test('an event with the subscription’s token is accepted by its uuid; with another agency’s token, a part of it, or none, it is refused', async () => {
  expect(await verify(sent(event({})))).toMatchObject({ accepted: true, eventId: '7d1d6b1c-38ae-4cbb-a3a8-3f4b7d0f9a11', signedAt: null })
  for (const wrong of [others, token.slice(0, -1), `${token}x`, token.toUpperCase()]) expect(await verify(sent(event({}), wrong))).toEqual({ accepted: false, why: 'wrong_signature' })
  expect(await verify({ headers: {}, body: JSON.stringify(event({})) })).toEqual({ accepted: false, why: 'missing' })
  expect(await verify(sent(event({}), token, 'Validation-Token'))).toEqual({ accepted: false, why: 'missing' })
  expect(await verify(sent(event({}), 'x'), '')).toEqual({ accepted: false, why: 'missing' })
})

test('an event without an id could be replayed, and is refused; so is what is no JSON object', async () => {
  expect(await verify(sent(event({}, { uuid: undefined })))).toEqual({ accepted: false, why: 'malformed' })
  expect(await verify({ headers: { 'Verification-Token': token }, body: '[1' })).toEqual({ accepted: false, why: 'malformed' })
})

test('no token but the right one is accepted, however near', () => assertMutationsRefused(ringcentral, token, [sent(event({}))], ['Verification-Token']))

test('the handshake gives back a token that is one, and nothing else', () => {
  const answer = (value: string) => ringcentral.handshake?.(new Headers({ 'Validation-Token': value }))
  expect(answer('6ad1cb5c-19d5-4d1e-93a0-3e4f0f5e2f6d')).toEqual({ 'Validation-Token': '6ad1cb5c-19d5-4d1e-93a0-3e4f0f5e2f6d' })
  for (const value of ['', 'a b', '<script>', 'a'.repeat(129)]) expect(answer(value)).toBeNull()
  expect(ringcentral.handshake?.(new Headers())).toBeNull()
})

test('a party becomes an event of its session: its extension, the other party’s number; no recording and no name is left', () => {
  expect(ringcentral.parse(event({}), 'e1')).toEqual([
    { provider: 'ringcentral', eventId: 'e1', sessionId: 's-a0d7ef2a5b1', kind: 'answered', direction: 'inbound', at: now, handler: '62264425016', phone: '+14155550132', durationS: null, transcript: null, text: null },
  ])
  expect(JSON.stringify(ringcentral.parse(event({}), 'e1'))).not.toMatch(/canary/i)
})

test('states say what they mean, and a party that the call went on without ends nothing', () => {
  const kind = (party: Record<string, unknown>) => ringcentral.parse(event(party), 'e1').map((each) => each.kind)
  expect(kind({ status: { code: 'Setup' } })).toEqual([])
  expect(kind({ status: { code: 'Setup' }, direction: 'Outbound' })).toEqual(['ringing'])
  expect(kind({ status: { code: 'Proceeding' } })).toEqual(['ringing'])
  expect(kind({ status: { code: 'Disconnected' } })).toEqual(['ended'])
  expect(kind({ status: { code: 'Disconnected' }, missedCall: true })).toEqual(['missed'])
  expect(kind({ status: { code: 'VoiceMail' }, missedCall: true })).toEqual(['voicemail'])
  for (const reason of ['Pickup', 'BlindTransfer', 'AttendedTransfer', 'CallRedirected']) expect(kind({ status: { code: 'Disconnected', reason } })).toEqual([])
  for (const code of ['Gone', 'Hold', 'Parked']) expect(kind({ status: { code } })).toEqual([])
})

test('an outbound call is with whom was called; an SMS comes with its text', () => {
  expect(ringcentral.parse(event({ direction: 'Outbound', from: { phoneNumber: '+14155550100' }, to: { phoneNumber: '+14155550132' } }), 'e1')).toMatchObject([{ direction: 'outbound', phone: '+14155550132' }])
  const sms = { uuid: 'u', timestamp: new Date(now).toISOString(), body: { id: 7711, type: 'SMS', direction: 'Inbound', creationTime: new Date(now).toISOString(), from: { phoneNumber: '+14155550132', name: 'CASEY CANARY' }, to: [{ phoneNumber: '+14155550100', extensionId: 62264425016 }], subject: 'Call me back', attachments: [{ id: 1, uri: 'https://platform.ringcentral.com/canary', type: 'Text' }] } }
  expect(ringcentral.parse(sms, 'e1')).toEqual([{ provider: 'ringcentral', eventId: 'e1', sessionId: '7711', kind: 'sms', direction: 'inbound', at: now, handler: '62264425016', phone: '+14155550132', durationS: null, transcript: null, text: 'Call me back' }])
})
