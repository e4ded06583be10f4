import { createHash, createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { assertMutationsRefused, hookNow as now, hookRequest, type Message } from '../../../../tests/support/mutated-hook.ts'
import { utf8 } from '../../../core/vault/bytes.ts'
import { vonage } from './vonage.ts'

const secret = 'vonage-signature-secret-of-agency-a'
const others = 'vonage-signature-secret-of-agency-b'

/** As the vendor's webhook reference shows one. */
const completed = {
  end_time: new Date(now).toISOString(), uuid: '0779a56d002f1c7f47f82ef5fe84ab79', network: '310260', duration: '62', start_time: new Date(now - 62_000).toISOString(), rate: '0.00450000', price: '0.00465000',
  from: '14155550132', to: '14155550100', conversation_uuid: 'CON-8f5a100c-fbce-4218-8d4b-16341335bcd6', status: 'completed', direction: 'inbound', timestamp: new Date(now).toISOString(),
}

type Signing = { key?: string; at?: number; claims?: Record<string, unknown>; alg?: string }
async function signed(event: unknown, { key = secret, at = now, claims = {}, alg = 'HS256' }: Signing = {}): Promise<Message> {
  const body = JSON.stringify(event)
  const payload_hash = createHash('sha256').update(body).digest('hex')
  const token = await new SignJWT({ jti: 'c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5', iss: 'Vonage', payload_hash, api_key: 'a1b2c3d', application_id: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab', iat: at / 1000, ...claims }).setProtectedHeader({ alg, typ: 'JWT' }).sign(utf8(key))
  return { headers: { Authorization: `Bearer ${token}` }, body }
}
const verify = (message: Message, key = secret) => vonage.verify(hookRequest(message), key, now)

test('what jose signs for Vonage is accepted under its agency’s secret, and under no other agency’s', async () => {
  const message = await signed(completed)
  expect(await verify(message)).toEqual({ accepted: true, body: completed, eventId: createHmac('sha256', secret).update(`message id\n${message.body}`).digest('hex'), signedAt: now })
  expect(await verify(message, others)).toEqual({ accepted: false, why: 'wrong_signature' })
})

test('a token that names no body, another body, or its body in capitals is refused; so is no token, another algorithm and another scheme', async () => {
  const message = await signed(completed)
  expect(await verify(await signed(completed, { claims: { payload_hash: undefined } }))).toEqual({ accepted: false, why: 'malformed' })
  expect(await verify({ ...message, body: message.body.replace('62', '63') })).toEqual({ accepted: false, why: 'wrong_signature' })
  expect(await verify(await signed(completed, { claims: { payload_hash: createHash('sha256').update(message.body).digest('hex').toUpperCase() } }))).toEqual({ accepted: false, why: 'not_canonical' })
  expect(await verify({ headers: {}, body: message.body })).toEqual({ accepted: false, why: 'missing' })
  expect(await verify(await signed(completed, { alg: 'HS512', key: `${secret}${secret}` }), `${secret}${secret}`)).toEqual({ accepted: false, why: 'malformed' })
  expect(await verify({ ...message, headers: { Authorization: message.headers.Authorization?.replace('Bearer', 'bearer') ?? '' } })).toEqual({ accepted: false, why: 'not_canonical' })
})

test('five minutes either way are accepted, a second more is not, and a token without a time neither', async () => {
  const at = async (s: number) => verify(await signed(completed, { at: now + s * 1000 }))
  for (const s of [-300, 0, 300]) expect(await at(s)).toMatchObject({ accepted: true })
  expect(await at(-301)).toEqual({ accepted: false, why: 'too_old' })
  expect(await at(301)).toEqual({ accepted: false, why: 'too_new' })
  expect(await verify(await signed(completed, { claims: { iat: undefined } }))).toEqual({ accepted: false, why: 'malformed' })
})

test('the same body under a newer token is the same event', async () => {
  const [first, second] = await Promise.all([now - 5000, now].map(async (at) => verify(await signed(completed, { at, claims: { jti: `j-${at}` } }))))
  expect(first?.accepted && second?.accepted && first.eventId === second.eventId).toBe(true)
})

test('nothing that was changed in a token or in its body is accepted', async () => {
  const statuses = ['started', 'ringing', 'answered', 'completed']
  await assertMutationsRefused(vonage, secret, await Promise.all(statuses.map((status) => signed({ ...completed, status }))), ['Authorization', 'body'])
})

test('a completed leg becomes the end of its conversation, numbers in E.164', () => {
  expect(vonage.parse(completed, 'e1')).toEqual([
    { provider: 'vonage', eventId: 'e1', sessionId: 'CON-8f5a100c-fbce-4218-8d4b-16341335bcd6', kind: 'ended', direction: 'inbound', at: now, handler: '14155550100', phone: '+14155550132', durationS: 62, transcript: null, text: null },
  ])
})

test('states say what they mean; a recording and the address of a transcription are left', () => {
  const kinds = (status: string) => vonage.parse({ ...completed, status }, 'e1').map(({ kind }) => kind)
  expect(['started', 'ringing', 'answered', 'busy', 'cancelled', 'unanswered', 'timeout', 'rejected', 'failed', 'disconnected', 'machine', 'constructor'].map(kinds)).toEqual([['ringing'], ['ringing'], ['answered'], ['missed'], ['missed'], ['missed'], ['missed'], ['missed'], ['missed'], [], [], []])
  const record = { start_time: completed.start_time, end_time: completed.end_time, recording_url: 'https://api.nexmo.com/v1/files/canary', size: 12_345, recording_uuid: 'r', conversation_uuid: completed.conversation_uuid, timestamp: completed.timestamp }
  expect(vonage.parse(record, 'e1')).toEqual([])
  expect(vonage.parse({ ...record, type: 'record', status: 'transcribed', transcription_url: 'https://api.nexmo.com/v1/files/canary' }, 'e1')).toEqual([])
})

test('an inbound SMS comes with its text; the status of a sent one says nothing', () => {
  const sms = { channel: 'sms', message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab', to: '14155550100', from: '14155550132', timestamp: new Date(now).toISOString(), text: 'Call me back', sms: { num_messages: '1' }, message_type: 'text' }
  expect(vonage.parse(sms, 'e1')).toEqual([{ provider: 'vonage', eventId: 'e1', sessionId: sms.message_uuid, kind: 'sms', direction: 'inbound', at: now, handler: '14155550100', phone: '+14155550132', durationS: null, transcript: null, text: 'Call me back' }])
  expect(vonage.parse({ ...sms, message_type: undefined, text: undefined, status: 'delivered' }, 'e1')).toEqual([])
})
