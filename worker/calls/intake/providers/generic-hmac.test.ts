import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { assertMutationsRefused, hookNow as now, hookRequest, type Message } from '../../../../tests/support/mutated-hook.ts'
import { genericHmac } from './generic-hmac.ts'

const secret = 'generic-secret-of-agency-a'
const others = 'generic-secret-of-agency-b'
const event = { type: 'call.ended', timestamp: new Date(now).toISOString(), data: { call: 'pbx-1', direction: 'inbound', phone: '(415) 555-0132', agent: '204', duration: 62, recording_url: 'https://pbx.example/canary.mp3', caller_name: 'Casey Canary' } }

function signed(body: string, { at = now, key = secret, timed = true }: { at?: number; key?: string; timed?: boolean } = {}): Message {
  const timestamp = String(at / 1000)
  const hex = createHmac('sha256', key).update(timed ? `${timestamp}.${body}` : body).digest('hex')
  return { headers: { 'X-Signature': hex, ...(timed ? { 'X-Timestamp': timestamp } : {}) }, body }
}
const body = JSON.stringify(event)
const verify = (message: Message, key = secret) => genericHmac.verify(hookRequest(message), key, now)

test('a body signed with the agency’s secret is accepted, with a time and without; with another agency’s secret it is not', async () => {
  expect(await verify(signed(body))).toMatchObject({ accepted: true, body: event, signedAt: now })
  expect(await verify(signed(body, { timed: false }))).toMatchObject({ accepted: true, body: event, signedAt: null })
  for (const timed of [true, false]) expect(await verify(signed(body, { timed }), others)).toEqual({ accepted: false, why: 'wrong_signature' })
  expect(await verify(signed(body, { timed: false }), '')).toEqual({ accepted: false, why: 'wrong_signature' })
})

test('a signed time can neither be dropped, nor added, nor moved into the body', async () => {
  const { headers } = signed(body)
  expect(await verify({ headers: { 'X-Signature': headers['X-Signature'] ?? '' }, body })).toEqual({ accepted: false, why: 'wrong_signature' })
  expect(await verify({ headers: { 'X-Signature': headers['X-Signature'] ?? '' }, body: `${now / 1000}.${body}` })).toEqual({ accepted: false, why: 'malformed' })
  expect(await verify({ headers: { ...signed(body, { timed: false }).headers, 'X-Timestamp': String(now / 1000) }, body })).toEqual({ accepted: false, why: 'wrong_signature' })
})

test('five minutes either way are accepted, a second more is not; capitals and half a signature are another spelling', async () => {
  for (const s of [-300, 0, 300]) expect(await verify(signed(body, { at: now + s * 1000 }))).toMatchObject({ accepted: true })
  expect(await verify(signed(body, { at: now - 301_000 }))).toEqual({ accepted: false, why: 'too_old' })
  expect(await verify(signed(body, { at: now + 301_000 }))).toEqual({ accepted: false, why: 'too_new' })
  const { headers } = signed(body)
  for (const spelling of [headers['X-Signature']?.toUpperCase(), headers['X-Signature']?.slice(0, 32), `sha256=${headers['X-Signature']}`]) {
    expect(await verify({ headers: { ...headers, 'X-Signature': spelling ?? '' }, body })).toEqual({ accepted: false, why: 'not_canonical' })
  }
  expect(await verify({ headers: {}, body })).toEqual({ accepted: false, why: 'missing' })
})

test('nothing that was changed in body, time or signature is accepted', async () => {
  await assertMutationsRefused(genericHmac, secret, [signed(body), signed(body, { timed: false })], ['X-Signature', 'X-Timestamp', 'body'])
})

test('what another dialler sends becomes an event: an extension, E.164, seconds; a recording and a name are left', () => {
  expect(genericHmac.parse(event, 'e1')).toEqual([{ provider: 'generic', eventId: 'e1', sessionId: 'pbx-1', kind: 'ended', direction: 'inbound', at: now, handler: '204', phone: '+14155550132', durationS: 62, transcript: null, text: null }])
  expect(genericHmac.parse({ ...event, type: 'call.transcript', data: { ...event.data, transcript: 'Hello.', audio: 'UklGRg==' } }, 'e1')).toMatchObject([{ kind: 'transcript', transcript: 'Hello.', durationS: null }])
  expect(genericHmac.parse({ ...event, type: 'call.recording' }, 'e1')).toEqual([])
})
