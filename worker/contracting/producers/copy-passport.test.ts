import { expect, test } from 'vitest'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { copiedTo, inTenant, newFmo, newInvitee, newLinked, someSnapshot } from '../../../tests/support/link-scene.ts'
import { asAdmin, bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { rotateSealRoot } from '../../core/tenancy/rotate-seal-root.ts'
import { sealedTables, sweepSealRoot } from '../../core/tenancy/sweep-seal-root.ts'
import { manifests } from '../../modules.ts'
import { copyPassport } from './copy-passport.ts'
import { copyOf } from './link-store.ts'
import { listFmos } from './list-fmos.ts'
import { listProducers } from './list-producers.ts'
import { openCopyForPacket } from './open-copy.ts'
import { readProducer } from './read-producer.ts'

const listed = async (fmo: Awaited<ReturnType<typeof newFmo>>) => (await (await asAdmin(fmo)).run((ctx) => listProducers(ctx, { state: 'active', limit: 25 }))).producers

test('[CIQ-07][CIQ-44] a submitted version reaches the linked FMO with its licences and last fours, and no other FMO', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const linked = await newLinked(harbor)
  const other = await newLinked(anchor)
  await copiedTo(harbor, linked)
  expect(await listed(harbor)).toMatchObject([{ id: linked.linkId, passport: { number: 1, kind: 'individual', npn: '8812345', ssnLast4: '6789', routingLast4: '0021', accountLast4: '4417' } }])
  expect(await listed(anchor)).toMatchObject([{ id: other.linkId, passport: null }])
  const detail = await (await asAdmin(harbor)).run((ctx) => readProducer(ctx, linked.linkId))
  expect(detail.licences).toMatchObject([{ state: 'OR', lines: ['life', 'health'], resident: true, status: 'active' }, { state: 'WA', lines: ['life'], resident: false }])
  expect(JSON.stringify(detail)).not.toMatch(/OR-5501|555-0147|123456789|1984/)
  for (const fmo of [anchor]) expect(await failureOf((await asAdmin(fmo)).run((ctx) => readProducer(ctx, linked.linkId)))).toMatchObject({ code: 'not_found' })
  expect(await entriesOf(harbor.id, 'contracting.copy.made')).toMatchObject([{ meta: { link: linked.linkId, number: 1 } }])
  expect(await entriesOf(linked.producerId, 'contracting.passport.copied')).toMatchObject([{ meta: { fmo: harbor.id, number: 1 } }])
  expect(await linked.browser.run(listFmos)).toMatchObject({ fmos: [{ copiedNumber: 1 }] })
})

test('[CIQ-20][CIQ-22][CIQ-27] nothing of a copy lies in clear but the last four of its SSN, routing and account numbers; an EIN has none', async () => {
  const begun = Date.now()
  const fmo = await newFmo()
  const [person, business] = [await newLinked(fmo), await newLinked(fmo, await newInvitee('Lindqvist Benefits'))]
  await copiedTo(fmo, person, await someSnapshot({ ssn: '318-74-5926' }))
  await copiedTo(fmo, business, await someSnapshot({ ssn: null, ein: '471122334' }))
  const kept = await stored({ since: begun })
  expect(holding(kept, ['318745926', '318-74-5926', '471122334', '99887744174417', 'OR-5501', '5550147', 'maria@alvarez.example', '1984-03-09'])).toEqual([])
  expect(kept.some(({ place, text }) => place.endsWith('.passport_copies') && text.includes('5926'))).toBe(true) // it was looked where the copies are
  const shown = await listed(fmo)
  expect(shown.map(({ passport }) => [passport?.ssnLast4, passport?.hasEin])).toEqual(expect.arrayContaining([['5926', false], [null, true]]))
  expect(JSON.stringify(shown)).not.toContain('2334')
})

test('a newer version takes the place of an older one, an older one of nothing, and the same one twice is copied once', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const [first, second] = [await someSnapshot({ number: 1 }), await someSnapshot({ number: 2, ssn: '321-54-9876' })]
  const parts = await testParts()
  await Promise.all([second, second, first].map((version) => copyPassport(parts, fmo.id, linked.linkId, version)))
  await copyPassport(parts, fmo.id, linked.linkId, first)
  expect(await listed(fmo)).toMatchObject([{ passport: { number: 2, ssnLast4: '9876' } }])
  expect((await entriesOf(fmo.id, 'contracting.copy.made')).filter(({ meta }) => meta['number'] === 2)).toHaveLength(1)
  expect((await fmo.asJob((ctx) => readProducer(ctx, linked.linkId))).licences).toHaveLength(2)
})

test('one producer at two FMOs lies at each under a key of its own', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const person = await newInvitee()
  const [atHarbor, atAnchor] = [await newLinked(harbor, person), await newLinked(anchor, person)]
  const version = await someSnapshot()
  await copiedTo(harbor, atHarbor, version)
  await copiedTo(anchor, atAnchor, version)
  const salts = await Promise.all([harbor, anchor].map(async ({ id }) => (await bindings.KEYS.list({ prefix: `salts/${id}/link/` })).objects.map(({ key }) => key)))
  expect(salts.map((keys) => keys.length)).toEqual([1, 1])
  const [one, other] = await Promise.all(salts.map(async ([key = '']) => new Uint8Array((await (await bindings.KEYS.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0)).join()))
  expect(one).not.toBe(other)
})

test('a copy is filled into a packet whole, and survives the rotation of the seal root', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const version = await copiedTo(fmo, linked)
  await fmo.asJob((ctx) => rotateSealRoot(ctx, 'button'))
  await sweepSealRoot(await testParts(), sealedTables(manifests), fmo.id)
  expect(await inTenant(fmo.id, async (ctx) => (await ctx.db.read(copyOf(ctx.db, linked.linkId)))?.sealVersion)).toBe(2)
  expect((await fmo.asJob((ctx) => openCopyForPacket(ctx, linked.linkId, 'Filling a form'))).snapshot).toEqual({ ...version })
  await drained(fmo.id)
})
