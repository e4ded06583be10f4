import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newWebhookSecret, signWebhook } from './webhook-signature.ts'

const at = Date.UTC(2026, 10, 26, 12)

test('the example of the Standard Webhooks specification comes out as it stands there', async () => {
  const headers = await signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1614265330_000, body: '{"test": 2432232314}' })
  expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' })
})

test('the kept library of the standard takes what a new secret signed, and nothing that was changed or signed by another', async () => {
  const secret = newWebhookSecret()
  const now = Math.floor(Date.now() / 1000) * 1000
  const headers = await signWebhook(secret, { id: 'dlv_1', at: now, body: '{"a":1}' })
  expect(new Webhook(secret).verify('{"a":1}', headers)).toEqual({ a: 1 })
  expect(() => new Webhook(secret).verify('{"a":2}', headers)).toThrow()
  expect(() => new Webhook(secret).verify('{"a":1}', { ...headers, 'webhook-id': 'dlv_2' })).toThrow()
  expect(() => new Webhook(newWebhookSecret()).verify('{"a":1}', headers)).toThrow()
})

test('no two secrets are alike, and a secret that is none signs nothing', async () => {
  expect(new Set(Array.from({ length: 50 }, newWebhookSecret)).size).toBe(50)
  await expect(signWebhook('whsec_***', { id: 'a', at, body: '' })).rejects.toMatchObject({ reason: 'malformed' })
})
