import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { assertMutationsRefused, hookNow as now, hookRequest, type Message } from '../../../../tests/support/mutated-hook.ts'
import { newWebhookSecret } from '../../../core/vault/webhook-signature.ts'
import { standardWebhooks } from './standard-webhooks.ts'

const secret = newWebhookSecret()
const others = newWebhookSecret()
const event = { type: 'call.ringing', timestamp: new Date(now).toISOString(), data: { call: 'pbx-1', direction: 'inbound', phone: '+1 415 555 0132', agent: 'ada@agency-a.example' } }
const body = JSON.stringify(event)

function signed({ at = now, key = secret, id = 'msg_2mXQ8bXk' }: { at?: number; key?: string; id?: string } = {}): Message {
  return { headers: { 'webhook-id': id, 'webhook-timestamp': String(at / 1000), 'webhook-signature': new Webhook(key).sign(id, new Date(at), body) }, body }
}
const verify = (message: Message, key = secret) => standardWebhooks.verify(hookRequest(message), key, now)
const withSignature = (signature: string): Message => ({ ...signed(), headers: { ...signed().headers, 'webhook-signature': signature } })

test('what the standard’s kept library signs is accepted under the agency’s secret by its id, and under no other agency’s', async () => {
  expect(await verify(signed())).toEqual({ accepted: true, body: event, eventId: 'msg_2mXQ8bXk', signedAt: now })
  expect(await verify(signed(), others)).toEqual({ accepted: false, why: 'wrong_signature' })
  for (const none of ['', 'whsec_', 'whsec_***']) expect(await verify(signed(), none)).toEqual({ accepted: false, why: 'wrong_signature' })
})

test('the example of the specification is accepted in its minute', async () => {
  const example = { headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' }, body: '{"test": 2432232314}' }
  expect(await standardWebhooks.verify(hookRequest(example), 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 1614265330_000)).toMatchObject({ accepted: true, body: { test: 2432232314 } })
})

test('a sender that rolls its secret signs with both, and another version beside ours is passed over; alone it proves nothing', async () => {
  const [ours, theirs] = [signed().headers['webhook-signature'] ?? '', signed({ key: others }).headers['webhook-signature'] ?? '']
  expect(await verify(withSignature(`${theirs} ${ours}`))).toMatchObject({ accepted: true })
  expect(await verify(withSignature(`v1a,AAAA ${ours}`))).toMatchObject({ accepted: true })
  expect(await verify(withSignature(ours.replace('v1,', 'v2,')))).toEqual({ accepted: false, why: 'wrong_signature' })
  for (const spelling of [`${theirs}  ${ours}`, `${ours},`, ours.replace(/=$/, ''), `${ours} `.repeat(6) + ours]) expect(await verify(withSignature(spelling))).toEqual({ accepted: false, why: 'not_canonical' })
})

test('five minutes either way are accepted, a second more is not; a missing header is', async () => {
  for (const s of [-300, 0, 300]) expect(await verify(signed({ at: now + s * 1000 }))).toMatchObject({ accepted: true })
  expect(await verify(signed({ at: now - 301_000 }))).toEqual({ accepted: false, why: 'too_old' })
  expect(await verify(signed({ at: now + 301_000 }))).toEqual({ accepted: false, why: 'too_new' })
  for (const name of Object.keys(signed().headers)) expect(await verify({ body, headers: Object.fromEntries(Object.entries(signed().headers).filter(([each]) => each !== name)) })).toEqual({ accepted: false, why: 'missing' })
})

test('an id with a full stop, which could trade places with the time, is refused', async () => {
  expect(await verify(signed({ id: 'msg.1' }))).toEqual({ accepted: false, why: 'not_canonical' })
})

test('nothing that was changed in id, time, signature or body is accepted', async () => {
  const messages = [...'abcdefghij'].map((letter) => signed({ id: `msg_${letter}` }))
  await assertMutationsRefused(standardWebhooks, secret, messages, ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'body'])
})

test('the event is read as any other dialler’s', () => {
  expect(standardWebhooks.parse(event, 'e1')).toEqual([{ provider: 'standard', eventId: 'e1', sessionId: 'pbx-1', kind: 'ringing', direction: 'inbound', at: now, handler: 'ada@agency-a.example', phone: '+14155550132', durationS: null, transcript: null, text: null }])
})
