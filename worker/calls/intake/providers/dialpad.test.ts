import { compactVerify, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { assertMutationsRefused, hookNow as now, hookRequest, type Message } from '../../../../tests/support/mutated-hook.ts'
import { utf8 } from '../../../core/vault/bytes.ts'
import { dialpad } from './dialpad.ts'

const secret = 'dialpad-secret-of-agency-a-0123456789'
const others = 'dialpad-secret-of-agency-b-0123456789'

/** As the vendor's page on call events shows one, shortened. */
const hangup = {
  call_id: 4806519811137536, entry_point_call_id: null, master_call_id: null, state: 'hangup', direction: 'inbound', date_started: now - 190_000, date_connected: now - 180_000, date_ended: now - 1000, event_timestamp: now - 1000,
  duration: 179_400.5, total_duration: 189_400, external_number: '+14155550132', internal_number: '+14155550100', is_transferred: false, was_recorded: true,
  contact: { id: 'c1', type: 'local', name: 'Casey Canary', phone: '+14155550132', email: 'casey@example.com' },
  target: { id: 5171846011, type: 'user', name: 'Ada Agent', email: 'ada@agency-a.example', phone: '+14155550100', office_id: 1 },
  recording_url: ['https://dialpad.com/r/canary'], voicemail_link: 'https://dialpad.com/v/canary', recording_details: [{ id: 'r1', url: 'https://dialpad.com/blob/canary.mp3', duration: 179_000 }],
}

async function signed(claims: Record<string, unknown>, key = secret, alg = 'HS256'): Promise<Message> {
  return { headers: { 'Content-Type': 'application/jwt' }, body: await new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(utf8(key)) }
}
const verify = (message: Message, key = secret) => dialpad.verify(hookRequest(message), key, now)

test('what jose signs for Dialpad is accepted under its agency’s secret, and under no other agency’s', async () => {
  const message = await signed(hangup)
  expect(await verify(message)).toMatchObject({ accepted: true, body: { state: 'hangup' }, signedAt: now - 1000, eventId: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await verify(message, others)).toEqual({ accepted: false, why: 'wrong_signature' })
  expect(await verify(message, '')).toEqual({ accepted: false, why: 'wrong_signature' })
})

test('the plain JSON that Dialpad sends without a secret, an empty body, another algorithm and none at all are refused', async () => {
  expect(await verify({ headers: {}, body: JSON.stringify(hangup) })).toMatchObject({ accepted: false })
  expect(await verify({ headers: {}, body: '' })).toEqual({ accepted: false, why: 'missing' })
  expect(await verify(await signed(hangup, `${secret}${secret}`, 'HS512'), `${secret}${secret}`)).toEqual({ accepted: false, why: 'malformed' })
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(hangup)).toString('base64url')}.`
  expect(await verify({ headers: {}, body: none })).toMatchObject({ accepted: false })
})

test('a second spelling of a right token, which jose accepts, is refused', async () => {
  const { body } = await signed(hangup)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet[alphabet.indexOf(body.at(-1) ?? '') + 1] ?? ''
  const respelled = body.slice(0, -1) + last
  expect((await compactVerify(respelled, utf8(secret))).protectedHeader.alg).toBe('HS256')
  expect(await verify({ headers: {}, body: respelled })).toEqual({ accepted: false, why: 'not_canonical' })
  for (const spelling of [`${body}\n`, ` ${body}`, `${body}=`, body.replace('.', '. ')]) expect(await verify({ headers: {}, body: spelling })).toEqual({ accepted: false, why: 'not_canonical' })
})

test('the event’s own time counts: five minutes either way are accepted to the millisecond, and nothing beyond', async () => {
  const at = async (ms: number) => verify(await signed({ ...hangup, event_timestamp: now + ms }))
  for (const ms of [-300_000, 0, 300_000]) expect(await at(ms)).toMatchObject({ accepted: true })
  expect(await at(-300_001)).toEqual({ accepted: false, why: 'too_old' })
  expect(await at(300_001)).toEqual({ accepted: false, why: 'too_new' })
})

test('a repetition has the same id, another state of the same call another', async () => {
  const ids = await Promise.all([hangup, hangup, { ...hangup, state: 'connected' }].map(async (claims) => verify(await signed(claims))))
  const [first, second, third] = ids.map((verdict) => (verdict.accepted ? verdict.eventId : null))
  expect(first).toBe(second)
  expect(third).not.toBe(first)
})

test('nothing that was changed in a token is accepted', async () => {
  const states = ['calling', 'ringing', 'connected', 'hangup', 'missed']
  await assertMutationsRefused(dialpad, secret, await Promise.all(states.map((state) => signed({ ...hangup, state }))), ['body'])
})

test('a hang-up becomes the end of a call: who of the agency, with which number, for how long; nothing of audio, names or addresses is left', () => {
  expect(dialpad.parse(hangup, 'e1')).toEqual([
    { provider: 'dialpad', eventId: 'e1', sessionId: '4806519811137536', kind: 'ended', direction: 'inbound', at: now - 1000, handler: 'ada@agency-a.example', phone: '+14155550132', durationS: 179, transcript: null, text: null },
  ])
  expect(JSON.stringify(dialpad.parse(hangup, 'e1'))).not.toMatch(/canary/i)
})

test('states say what they mean; a leg of a call centre belongs to the call it entered by, and to nobody of the agency', () => {
  const kinds = (state: string) => dialpad.parse({ ...hangup, state }, 'e1').map(({ kind }) => kind)
  expect(['calling', 'ringing', 'connected', 'missed', 'voicemail', 'voicemail_uploaded', 'recording', 'hold', 'dispositions'].map(kinds)).toEqual([['ringing'], ['ringing'], ['answered'], ['missed'], ['voicemail'], ['voicemail'], [], [], []])
  const [leg] = dialpad.parse({ ...hangup, state: 'ringing', call_id: 2, entry_point_call_id: '4806519811137536', target: { id: 9, type: 'callcenter', name: 'Support' } }, 'e2')
  expect(leg).toMatchObject({ sessionId: '4806519811137536', handler: null })
})

test('a transcription is an event of its own, and a broken half of a character in it does no harm', () => {
  const events = dialpad.parse({ ...hangup, state: 'call_transcription', transcription_text: 'Hello, this is\ud800 Casey.' }, 'e1')
  expect(events).toMatchObject([{ kind: 'transcript', transcript: 'Hello, this is\ufffd Casey.', durationS: null }])
})

test('an SMS comes with its text and the other party’s number; its picture does not', () => {
  const sms = { id: 5678, created_date: now, direction: 'inbound', target: { id: 5171846011, type: 'user', email: 'ada@agency-a.example' }, contact: { id: 'c', name: 'Casey Canary', phone_number: '+14155550132' }, from_number: '+14155550132', to_number: ['+14155550100'], text: 'Call me back', mms: true, mms_url: 'https://dialpad.com/m/canary.jpg' }
  expect(dialpad.parse(sms, 'e1')).toEqual([{ provider: 'dialpad', eventId: 'e1', sessionId: '5678', kind: 'sms', direction: 'inbound', at: now, handler: 'ada@agency-a.example', phone: '+14155550132', durationS: null, transcript: null, text: 'Call me back' }])
  expect(dialpad.parse({ ...sms, direction: 'outbound', from_number: '+14155550100', to_number: ['(415) 555-0132'] }, 'e1')).toMatchObject([{ phone: '+14155550132', direction: 'outbound' }])
})
