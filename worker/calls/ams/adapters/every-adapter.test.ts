import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test, vi } from 'vitest'
import { newWebhookSecret } from '../../../core/vault/webhook-signature.ts'
import type { Way } from '../ask.ts'
import { plainMapping } from '../plain-mapping.ts'
import { amsTroubles, type Ams, type AmsNote } from '../port.ts'
import { hawksoftAms, MOST_CLIENTS } from './hawksoft.ts'
import { restAms, urlOf } from './rest.ts'
import { webhookAms } from './webhook.ts'

const ORIGIN = 'https://ams.example'
const PHONE = '+14155550132'
const NOW = 1_790_000_000_000
const secret = newWebhookSecret()
const way: Way = { credential: { origin: ORIGIN, header: 'Authorization', value: 'Bearer word' }, surroundings: { own: 'https://countersign.example' } }

const rest = restAms(way, { address: `${ORIGIN}/v1`, mapping: plainMapping })
const hawksoft = hawksoftAms(way, { address: ORIGIN, agencyId: '7', officeId: null })
const webhook = webhookAms({ ...way, credential: null }, { address: `${ORIGIN}/in`, secret, now: NOW })
const adapters: Readonly<Record<string, Ams>> = { rest, hawksoft, webhook }

const note: AmsNote = { reference: 'cal_01kab6q5c0f1zs8eysg6b5n3wf', contactId: '1001', direction: 'inbound', at: NOW, subject: 'Call', text: 'She asked after her renewal.' }

afterEach(() => vi.restoreAllMocks())

type Asked = { method: string; url: string; headers: Headers; body: string }

/** Everything that leaves is answered so, and kept. */
function answering(answer: (asked: Asked) => Response | Promise<Response>): Asked[] {
  const all: Asked[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const asked = { method: init?.method ?? 'GET', url: String(url), headers: new Headers(init?.headers as HeadersInit), body: String(init?.body ?? '') } // `as`: the Worker's types and the page's name the same thing
    all.push(asked)
    return answer(asked)
  })
  return all
}
const status = (code: number, headers: Record<string, string> = {}) => () => new Response(null, { status: code, headers })

test('what a status says of a note: taken, not taken and to be tried again, not taken for good, or not known', async () => {
  const outcomes = async (ams: Ams) => {
    const said: Record<string, string> = {}
    for (const code of [200, 201, 202, 301, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503, 504]) {
      answering(status(code))
      const outcome = await ams.addNote(note)
      said[code] = outcome.state === 'not_taken' ? `no, ${outcome.again ? 'again' : 'for good'}` : outcome.state
      vi.restoreAllMocks()
    }
    return said
  }
  const asks = {
    200: 'taken', 201: 'taken', 202: 'taken', 301: 'unknown', 400: 'no, for good', 401: 'no, again', 403: 'no, again', 404: 'no, for good', 408: 'no, again', 409: 'unknown', 410: 'no, for good', 422: 'no, for good', 429: 'no, again',
    500: 'unknown', 502: 'unknown', 503: 'no, again', 504: 'unknown',
  }
  expect(await outcomes(rest)).toEqual(asks)
  expect(await outcomes(hawksoft)).toEqual(asks)
  // By the standard a receiver that does not say 2xx has not taken it, and knows it again by its id.
  expect(await outcomes(webhook)).toEqual({ ...asks, 400: 'no, again', 404: 'no, again', 409: 'no, again', 422: 'no, again', 500: 'no, again', 502: 'no, again', 504: 'no, again' })
})

test('silence after a note was sent is not known, over whatever wire; an answer too long to read is not either', async () => {
  for (const [name, ams] of Object.entries(adapters)) {
    answering(() => Promise.reject(new TypeError('reset')))
    expect(await ams.addNote(note), name).toEqual({ state: 'unknown', trouble: 'unreachable' })
    vi.restoreAllMocks()
    answering(() => new Response(new Uint8Array(1024 * 1024 + 1)))
    expect(await ams.addNote(note), name).toEqual({ state: 'unknown', trouble: 'broken' })
    vi.restoreAllMocks()
  }
})

test('an AMS that asks for time is given it, a day at most', async () => {
  for (const ams of Object.values(adapters)) {
    for (const [said, afterMs] of [['120', 120_000], ['999999', 86_400_000], ['soon', undefined]] as const) {
      answering(status(503, { 'Retry-After': said }))
      expect(await ams.addNote(note)).toEqual({ state: 'not_taken', trouble: 'busy', again: true, ...(afterMs === undefined ? {} : { afterMs }) })
      vi.restoreAllMocks()
    }
  }
})

test('credentials go to the origin they were sealed with, and to no other that an address may name', async () => {
  const asked = answering(() => Response.json({ contacts: [] }))
  const elsewhere = restAms(way, { address: 'https://evil.example/v1', mapping: plainMapping })
  expect([await elsewhere.findByPhone(PHONE), await elsewhere.addNote(note), await elsewhere.test()]).toEqual([
    { ok: false, trouble: 'refused_address' }, { state: 'not_taken', trouble: 'refused_address', again: false }, { ok: false, trouble: 'refused_address' },
  ])
  expect(asked).toEqual([])
  await rest.findByPhone(PHONE)
  expect(asked.map(({ url, headers }) => [url, headers.get('Authorization')])).toEqual([['https://ams.example/v1/contacts?phone=%2B14155550132', 'Bearer word']])
})

test('a number is written as the AMS searches for it, and one whose numbers are all others is left out', async () => {
  for (const [phoneAs, written] of [['e164', '%2B14155550132'], ['digits', '14155550132'], ['national', '4155550132']] as const) {
    const asked = answering(() => Response.json({ contacts: [{ id: 1, name: 'Grace', phones: ['(415) 555-0132'] }, { id: 2, name: 'Lena', phones: ['415-555-0199'] }, { id: 3, name: 'Owen', phones: ['ask her'] }] }))
    const found = await restAms(way, { address: ORIGIN, mapping: { ...plainMapping, phoneAs } }).findByPhone(PHONE)
    expect(found.ok && found.value.map(({ id }) => id)).toEqual(['1', '3'])
    expect(asked[0]?.url).toBe(`https://ams.example/contacts?phone=${written}`)
    vi.restoreAllMocks()
  }
})

test('a contact is shown with a link only where that is https, and an id that could be a step in a path is none', async () => {
  const one = async (contact: Record<string, unknown>) => {
    answering(() => Response.json({ contacts: [{ id: 'c1', name: 'Grace', ...contact }] }))
    const found = await rest.findByPhone(PHONE)
    vi.restoreAllMocks()
    return found.ok ? found.value[0] : found.trouble
  }
  expect(await one({ url: 'https://ams.example/c1' })).toMatchObject({ url: 'https://ams.example/c1' })
  for (const url of ['javascript:alert(1)', 'http://ams.example/c1', 'https://a:b@ams.example/', 7, null]) expect(await one({ url })).toMatchObject({ url: null })
  for (const id of ['..', '.', '', 'a b', 'x'.repeat(129), null, {}, 1.5]) expect(await one({ id })).toBe('broken')
})

test('no value leaves the place that its path gives it: an address is below the one that was given, or is not called', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed()), fc.constantFrom('..', '.', '../admin', '%2e%2e', '?a=b', '#', '//evil.example', '\\', "'")), (value) => {
      const url = urlOf('https://ams.example/v1/', '/contacts/{id}/notes?of={id}', { id: value })
      if (url === null) {
        expect(value).toMatch(/^\.{1,2}$/)
        return
      }
      expect(new URL(url).pathname).toBe(`/v1/contacts/${encodeURIComponent(value)}/notes`)
      expect(new URL(url).searchParams.get('of')).toBe(value)
    }),
    { numRuns: 2000 },
  )
})

test('HawkSoft is asked for its clients anew each time, two hundred at once, and not at all once they are too many', async () => {
  const clients = (count: number) =>
    answering(({ method, body }) => {
      if (method === 'GET') return Response.json(Array.from({ length: count }, (_, index) => index + 1))
      const { clientNumbers } = JSON.parse(body) as { clientNumbers: number[] } // `as`: what the adapter says
      return Response.json(clientNumbers.map((clientNumber) => ({ clientNumber, details: { clientType: 'Customer' }, people: [{ firstName: 'Client', lastName: String(clientNumber) }], contacts: clientNumber === 401 ? [{ type: 'CellPhone', data: '415.555.0132' }] : [{ type: 'HomeFax', data: '415.555.0132' }] })))
    })
  const asked = clients(450)
  for (const times of [1, 2]) {
    expect(await hawksoft.findByPhone(PHONE)).toMatchObject({ ok: true, value: [{ id: '401', name: 'Client 401', kind: 'client' }] })
    expect(asked.length).toBe(times * 4)
  }
  expect(asked[0]?.url).toBe('https://ams.example/vendor/agency/7/clients?version=3.0')
  expect(asked.slice(1, 4).map(({ body }) => (JSON.parse(body) as { clientNumbers: number[] }).clientNumbers.length)).toEqual([200, 200, 50]) // `as`: likewise
  vi.restoreAllMocks()
  const refused = clients(MOST_CLIENTS + 1)
  expect([await hawksoft.findByPhone(PHONE), refused.length]).toEqual([{ ok: false, trouble: 'cannot_look_up' }, 1])
})

test('HawkSoft’s members are read as its documents and as its examples spell them', async () => {
  const spelt = async (client: unknown) => {
    answering(({ method }) => Response.json(method === 'GET' ? [9] : [client]))
    const found = await hawksoft.findByPhone(PHONE)
    vi.restoreAllMocks()
    return found.ok ? found.value[0] : found.trouble
  }
  const seen = { id: '9', name: 'Ada Kessler', household: null, phones: [PHONE], kind: 'prospect', url: null }
  expect(await spelt({ ClientNumber: 9, Details: { ClientType: 'Prospect' }, People: [{ Id: 'a', FirstName: 'Bo', LastName: 'Kessler' }, { Id: 'b', FirstName: 'Ada', LastName: 'Kessler' }], Contacts: [{ Type: 'Cell', Data: '4155550132', PersonId: 'b' }] })).toEqual(seen)
  expect(await spelt({ clientNumber: 9, details: { clientType: 'Prospect' }, people: [{ id: 'b', firstName: 'Ada', lastName: 'Kessler' }], contacts: [{ type: 'Cell', data: '4155550132', personId: 'b' }] })).toEqual(seen)
})

test('a webhook is signed as Standard Webhooks asks, under the call’s own id, and can be asked nothing', async () => {
  const asked = answering(status(204))
  expect(await webhook.addNote(note)).toEqual({ state: 'taken', noteId: note.reference })
  const [sent] = asked
  const headers = Object.fromEntries(sent?.headers ?? [])
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
  expect(new Webhook(secret).verify(sent?.body ?? '', headers)).toEqual({ type: 'call.note', timestamp: new Date(NOW).toISOString(), data: { reference: note.reference, contact: '1001', direction: 'inbound', subject: 'Call', text: note.text } })
  vi.useRealTimers()
  expect([headers['webhook-id'], headers['authorization']]).toEqual([note.reference, undefined])
  expect([await webhook.findByPhone(PHONE), await webhook.details('1001'), webhook.findNote]).toEqual([{ ok: false, trouble: 'cannot_look_up' }, { ok: false, trouble: 'cannot_look_up' }, undefined])
  expect(asked.length).toBe(1)
})

test('an AMS that takes notes about somebody alone refuses one about nobody before anything is sent', async () => {
  const asked = answering(status(200))
  const withoutInbox = restAms(way, { address: ORIGIN, mapping: { ...plainMapping, note: { ...plainMapping.note, inbox: false } } })
  const perContact = restAms(way, { address: ORIGIN, mapping: { ...plainMapping, note: { ...plainMapping.note, path: '/contacts/{id}/notes' } } })
  for (const ams of [withoutInbox, perContact, hawksoft]) expect(await ams.addNote({ ...note, contactId: null })).toEqual({ state: 'not_taken', trouble: 'no_contact', again: false })
  expect(asked).toEqual([])
  for (const ams of [rest, webhook]) expect(await ams.addNote({ ...note, contactId: null })).toMatchObject({ state: 'taken' })
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ reference: note.reference, text: note.text, subject: 'Call', direction: 'inbound', at: new Date(NOW).toISOString() })
})

test('a note is found by its very reference, not by one that an AMS thinks is near', async () => {
  const found = async (notes: unknown) => {
    answering(() => Response.json({ notes }))
    const answer = await rest.findNote?.(note.reference, '1001')
    vi.restoreAllMocks()
    return answer
  }
  expect(await found([{ id: 'n1', reference: 'cal_another' }, { id: 'n2', reference: note.reference }])).toEqual({ ok: true, value: 'n2' })
  expect(await found([{ id: 'n1', reference: 'cal_another' }])).toEqual({ ok: true, value: null })
  expect(await found('none')).toEqual({ ok: false, trouble: 'broken' })
  answering(status(404))
  expect(await rest.findNote?.(note.reference, '1001')).toEqual({ ok: false, trouble: 'no_contact' })
})

test('whatever JSON comes back, every question has an answer of ours and nothing throws', async () => {
  const near = fc.oneof(
    fc.anything({ maxDepth: 3 }),
    fc.record({ contacts: fc.array(fc.record({ id: fc.anything({ maxDepth: 1 }), name: fc.anything({ maxDepth: 1 }), phones: fc.anything({ maxDepth: 2 }) }, { requiredKeys: [] }), { maxLength: 3 }), policies: fc.anything({ maxDepth: 2 }), notes: fc.array(fc.record({ at: fc.anything({ maxDepth: 1 }), text: fc.anything({ maxDepth: 1 }), number: fc.anything({ maxDepth: 1 }) }), { maxLength: 3 }) }, { requiredKeys: [] }),
    fc.array(fc.record({ clientNumber: fc.oneof(fc.nat(), fc.anything({ maxDepth: 1 })), contacts: fc.anything({ maxDepth: 2 }), people: fc.anything({ maxDepth: 2 }), policies: fc.anything({ maxDepth: 2 }) }), { maxLength: 3 }),
  )
  let said: unknown = null
  answering(() => new Response(JSON.stringify(said) ?? 'not json'))
  await fc.assert(
    fc.asyncProperty(near, async (body) => {
      said = JSON.parse(JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? 'null')
      for (const ams of Object.values(adapters)) {
        for (const answer of [await ams.findByPhone(PHONE), await ams.details('1001'), await ams.findNote?.(note.reference, '1001'), await ams.test()]) if (answer && !answer.ok) expect(amsTroubles).toContain(answer.trouble)
        expect((await ams.addNote(note)).state).toBe('taken')
      }
    }),
    // What has a `toString` that is none cannot be written as text.
    { numRuns: 300, examples: [[[{ toString: false }]], [[{ clientNumber: 1, contacts: [{ type: { toString: false }, data: '415.555.0132' }] }]]] },
  )
})
