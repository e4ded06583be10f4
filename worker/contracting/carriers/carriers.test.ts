import { beforeAll, expect, test } from 'vitest'
import { entryLoaded, newCarrier, newFmo } from '../../../tests/support/carrier-scene.ts'
import { asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { addCarrier } from './add-carrier.ts'
import { changeCarrier } from './change-carrier.ts'
import type { CarrierTerms } from './contract.ts'
import { listCarriers, readCarrier } from './list-carriers.ts'

beforeAll(entryLoaded, 120_000)

const terms: CarrierTerms = { name: 'Summit Mutual', naic: '61234', states: ['WA', 'OR'], lines: ['life'], asksFor: ['aml'] }

test('[CIQ-18] an FMO defines its carriers with company number, states and lines; another FMO sees none of them, and may have the same company', async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  const carrier = await here.admin.run((ctx) => addCarrier(ctx, terms))
  expect(carrier).toMatchObject({ name: 'Summit Mutual', naic: '61234', states: ['OR', 'WA'], lines: ['life'], asksFor: ['aml'], version: 1 })
  expect((await there.admin.run((ctx) => listCarriers(ctx, { limit: 25 }))).carriers).toEqual([])
  expect(await failureOf(there.admin.run((ctx) => readCarrier(ctx, carrier.id)))).toEqual({ code: 'not_found' })
  expect(await failureOf(there.admin.run((ctx) => changeCarrier(ctx, carrier.id, { ...terms, version: 1 })))).toEqual({ code: 'not_found' })
  expect((await there.admin.run((ctx) => addCarrier(ctx, terms))).id).not.toBe(carrier.id)
  expect((await entriesOf(here.tenant.id, 'contracting.carrier.added')).map(({ meta }) => meta)).toEqual([{ states: 2, lines: 1 }])
})

test('a company stands among an FMO’s carriers once', async () => {
  const fmo = await newFmo()
  await fmo.admin.run((ctx) => addCarrier(ctx, terms))
  expect(await failureOf(fmo.admin.run((ctx) => addCarrier(ctx, { ...terms, name: 'Again' })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/naic' }] })
  const other = await newCarrier(fmo)
  expect(await failureOf(fmo.admin.run((ctx) => changeCarrier(ctx, other, { ...terms, version: 1 })))).toMatchObject({ code: 'invalid' })
})

test('members read carriers and change none', async () => {
  const fmo = await newFmo()
  const id = await newCarrier(fmo)
  const member = await asMember(fmo.tenant)
  expect((await member.run((ctx) => listCarriers(ctx, { limit: 25 }))).carriers.map((carrier) => carrier.id)).toEqual([id])
  expect(await failureOf(member.run((ctx) => addCarrier(ctx, terms)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(member.run((ctx) => changeCarrier(ctx, id, { ...terms, version: 1 })))).toMatchObject({ code: 'role_required' })
})

test('of two who changed a carrier as they saw it, the second is told; the log names what was changed', async () => {
  const fmo = await newFmo()
  const { id } = await fmo.admin.run((ctx) => addCarrier(ctx, terms))
  expect(await fmo.admin.run((ctx) => changeCarrier(ctx, id, { ...terms, states: ['OR', 'WA', 'ID'], version: 1 }))).toMatchObject({ states: ['ID', 'OR', 'WA'], version: 2 })
  expect(await failureOf(fmo.admin.run((ctx) => changeCarrier(ctx, id, { ...terms, version: 1 })))).toEqual({ code: 'precondition_failed' })
  expect((await fmo.admin.run((ctx) => changeCarrier(ctx, id, { ...terms, states: ['OR', 'WA', 'ID'], version: 2 }))).version).toBe(2)
  expect((await entriesOf(fmo.tenant.id, 'contracting.carrier.changed')).map(({ meta }) => meta)).toEqual([{ fields: 'states' }])
})

test('carriers come by name, a page at a time, whatever is renamed meanwhile', async () => {
  const fmo = await newFmo()
  for (const name of ['Cascade', 'Alder', 'Birch']) await newCarrier(fmo, { name })
  const first = await fmo.admin.run((ctx) => listCarriers(ctx, { limit: 2 }))
  expect(first.carriers.map(({ name }) => name)).toEqual(['Alder', 'Birch'])
  const rest = await fmo.admin.run((ctx) => listCarriers(ctx, { limit: 2, cursor: first.next ?? '' }))
  expect([rest.carriers.map(({ name }) => name), rest.next]).toEqual([['Cascade'], null])
})

test('the API defines, reads and changes carriers, a change at its ETag', async () => {
  const { admin } = await newFmo()
  const made = await admin.call('/api/v1/carriers', { json: terms })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string } // `as`: the route's answer
  const read = await admin.call(`/api/v1/carriers/${id}`)
  const etag = read.headers.get('ETag') ?? ''
  const put = (tag: string) => admin.call(`/api/v1/carriers/${id}`, { method: 'PUT', json: { ...terms, name: 'Summit' }, headers: { 'If-Match': tag } })
  expect([(await put(etag)).status, (await put(etag)).status]).toEqual([200, 412])
  expect((await admin.call('/api/v1/carriers', { json: { ...terms, naic: '12' } })).status).toBe(422)
})
