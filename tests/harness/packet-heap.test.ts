import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { freePort } from '../../scripts/free-port.ts'
import { serve, type Served } from '../../scripts/serve.ts'
import { drawForm } from '../../worker/contracting/packets/pdf/draw-form.ts'
import { sandboxSecrets } from '../support/test-secrets.ts'
import { post, stored, until } from './acts.ts'
import { ownBundle } from './bundles.ts'
import { Heap } from './heap.ts'
import { Person, seeded } from './person.ts'

const PAGES = 40
const FIELDS = 300
/** Half of what an isolate may have. */
const MOST_MB = 64

const scene = {} as { state: string; served: Served; origin: string; heap: Heap }

beforeAll(async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'countersign-heap-'))
  cpSync(path.join(inject('demoState'), 'v3'), path.join(state, 'v3'), { recursive: true })
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const served = await serve({ entry: 'sandbox', module: await ownBundle('sandbox', state), state, port, bindings: { ...sandboxSecrets(), ORIGIN: origin }, inspected: true })
  Object.assign(scene, { state, served, origin, heap: await Heap.of(served.miniflare) })
}, 300_000)
afterAll(async () => {
  scene.heap?.close()
  await scene.served?.stop()
  rmSync(scene.state, { recursive: true, force: true })
}, 60_000)

test(`a packet of ${PAGES} pages and ${FIELDS} fields is filled, signed, sealed and stored within ${MOST_MB} MB of heap`, async () => {
  const { fmo, producer, request } = await readyRequest()
  const before = await scene.heap.kept()
  const watching = scene.heap.watch()
  const filled = await fmo.call(`/api/v1/contracting-requests/${request}/packet`, null)
  expect([filled.status, await filled.clone().text()]).toEqual([201, expect.stringContaining('"fpk_')])
  const { id, pages } = (await filled.json()) as { id: string; pages: number } // `as`: the route's own answer
  const shown = { basis: '' }
  await until(async () => {
    shown.basis = /name="basis" value="([0-9a-f]{64})"/.exec(await (await producer.fetch(`/signing/${id}`, { headers: { Accept: 'text/html' } })).text())?.[1] ?? ''
    return shown.basis !== ''
  })
  const signed = await post(producer, `/signing/${id}`, { basis: shown.basis, name: 'Maria Alvarez', consent: 'yes' })
  expect([signed.status, (await signed.text()).includes('Signed')]).toEqual([200, true])
  const peak = await watching.stop()
  expect(pages).toBeGreaterThanOrEqual(PAGES)
  console.log(`heap of the whole Worker while a packet of ${pages} pages and ${FIELDS} fields is filled, signed and sealed: ${mb(before)} MB before, ${mb(peak)} MB at most, ${watching.readings} readings`)
  expect(watching.readings).toBeGreaterThan(4)
  expect(mb(peak)).toBeLessThanOrEqual(MOST_MB)
}, 300_000)

const mb = (bytes: number): number => Math.round(bytes / 1_000_000)

/** A request of the demo's FMO for Maria Alvarez, ready to be filled, to a carrier with one large form. */
async function readyRequest(): Promise<{ fmo: Person; producer: Person; request: string }> {
  const people = await seeded(scene.origin)
  const signedIn = async (email: string): Promise<Person> => {
    const person = new Person(scene.origin)
    await person.signIn(email, people.find((each) => each.email === email)?.password ?? '')
    return person
  }
  const [fmo, producer] = [await signedIn('dana@harbor.example'), await signedIn('maria@alvarez.example')]
  const made = async (answer: Promise<Response>): Promise<{ id: string; version: number }> => {
    const response = await answer
    expect([response.ok, await response.clone().text()]).toEqual([true, expect.any(String)])
    return response.json() as Promise<{ id: string; version: number }> // `as`: what every such route answers
  }
  const carrier = await made(fmo.call('/api/v1/carriers', { name: 'Larkspur Mutual', naic: '98177', states: ['WA'], lines: ['life'] }))
  const packet = await made(fmo.call('/api/v1/packets', { carrier_id: carrier.id, name: 'A large packet', for_kind: 'any' }))
  const document = await stored(fmo, 'A large form.pdf', new Uint8Array(await drawForm(largeForm)))
  expect((await fmo.call(`/api/v1/packets/${packet.id}/forms`, { document_id: document })).ok).toBe(true)
  const tag = (await fmo.fetch(`/api/v1/packets/${packet.id}`)).headers.get('ETag') ?? ''
  const rules = fieldNames.map((field, nth) => ({ part: 0, field, source: nth === 0 ? { from: 'signature', what: 'mark' } : nth % 2 === 0 ? { from: 'fact', fact: 'name.last', as: 'as_is' } : { from: 'text', text: `Line ${nth}` }, when: null }))
  const mapped = await fmo.fetch(`/api/v1/packets/${packet.id}/mapping`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': fmo.csrf, 'If-Match': tag }, body: JSON.stringify({ fields: [], rules }) })
  expect([mapped.ok, await mapped.text()]).toEqual([true, expect.any(String)])
  expect((await fmo.call(`/api/v1/packets/${packet.id}/publication`, null)).ok).toBe(true)
  const { producers } = (await (await fmo.fetch('/api/v1/producers')).json()) as { producers: { id: string; name: string }[] } // `as`: the route's own answer
  const drafted = await made(fmo.call('/api/v1/contracting-requests', { kind: 'contract', carrierId: carrier.id, linkId: producers.find(({ name }) => name === 'Maria Alvarez')?.id, states: ['WA'] }))
  expect((await fmo.call(`/api/v1/contracting-requests/${drafted.id}/ready`, { version: drafted.version })).ok).toBe(true)
  return { fmo, producer, request: drafted.id }
}

/** Rows as high as a paragraph: they are many pages. */
const fieldNames = Array.from({ length: FIELDS }, (_, nth) => `Field ${nth + 1}`)
const largeForm = {
  title: 'A large agreement', subtitle: 'For producers', number: 'LM-40',
  sections: Array.from({ length: PAGES }, (_, nth) => ({ heading: `Part ${nth + 1}`, rows: fieldNames.slice((nth * FIELDS) / PAGES, ((nth + 1) * FIELDS) / PAGES).map((name) => [{ kind: 'text' as const, name, label: name, share: 1, lines: 4 }]) })),
}
