import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hookNow } from '../../../../tests/support/mutated-hook.ts'
import { seed } from '../../../../tests/support/figures.ts'
import { CallEvent } from '../call-event.ts'
import { toE164 } from '../phone.ts'
import { dialpad } from './dialpad.ts'
import { genericHmac } from './generic-hmac.ts'
import { ringcentral } from './ringcentral.ts'
import { standardWebhooks } from './standard-webhooks.ts'
import { vonage } from './vonage.ts'

const all = [dialpad, ringcentral, vonage, genericHmac, standardWebhooks]

/** Fields that every dialler has, with anything in them. */
const anything = fc.record(
  Object.fromEntries(
    ['call_id', 'id', 'state', 'status', 'direction', 'external_number', 'from', 'to', 'target', 'duration', 'event_timestamp', 'timestamp', 'transcription_text', 'text', 'type', 'data', 'body', 'parties', 'channel', 'conversation_uuid', 'uuid', '__proto__'].map((name) => [name, fc.oneof(fc.jsonValue(), fc.constantFrom('hangup', 'completed', 'inbound', 'sms', 'call.ended', '\ud800', `${hookNow}`, '+14155550132'))]),
  ),
  { requiredKeys: [] },
)

test('whatever a sender signs, parsing throws nothing and answers events that are whole', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), anything, anything.map((body) => ({ type: 'call.ended', timestamp: hookNow, data: body, body: { parties: [body], ...body } }))), (body) => {
      for (const { parse } of all) for (const event of parse(body, 'e1')) expect(CallEvent.parse(event)).toEqual(event)
    }),
    { numRuns: 2000, seed },
  )
})

test('whatever arrives unsigned, verifying throws nothing and accepts nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '.', 'a.b.c', 'Bearer a.b.c', 'v1,AAAA'), async (body, word) => {
      const headers = new Headers(['Authorization', 'Verification-Token', 'X-Signature', 'X-Timestamp', 'webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name): [string, string] => [name, word]))
      for (const { verify } of all) expect(await verify({ headers, body }, 'secret', hookNow)).toMatchObject({ accepted: false })
    }),
    { numRuns: 300, seed },
  )
})

test('a length that can be none loses no end of a call: it is not known', () => {
  const at = new Date(hookNow).toISOString()
  const said = [
    [dialpad, { call_id: 7, state: 'hangup', direction: 'inbound', event_timestamp: hookNow, duration: 9e9 }],
    [vonage, { status: 'completed', direction: 'inbound', conversation_uuid: 'CON-7', timestamp: at, duration: '187000' }],
    [genericHmac, { type: 'call.ended', timestamp: at, data: { call: '7', direction: 'inbound', duration: 187_000 } }],
    [standardWebhooks, { type: 'call.ended', timestamp: at, data: { call: '7', direction: 'inbound', duration: 1e300 } }],
  ] as const
  for (const [provider, body] of said) expect(provider.parse(body, 'e1')).toMatchObject([{ provider: provider.name, kind: 'ended', durationS: null }])
})

test('ten spellings of a number are one in E.164, and what is no number is none', () => {
  const spellings = ['+14155550132', '14155550132', '4155550132', '(415) 555-0132', '415-555-0132', '415.555.0132', '+1 (415) 555-0132', '1-415-555-0132', '+1.415.555.0132', ' +1 415 555-0132 ']
  expect(new Set(spellings.map((written) => toE164(written)))).toEqual(new Set(['+14155550132']))
  expect(toE164('442079460000', 'international')).toBe('+442079460000')
  for (const written of ['', 'Anonymous', 'Restricted', '204', 'sip:ada@pbx.example', '+', null, 42, '9'.repeat(50)]) expect(toE164(written)).toBeNull()
})
