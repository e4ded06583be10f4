import { expect, test } from 'vitest'
import { newFmo, newLinked, copiedTo } from '../../tests/support/link-scene.ts'
import { testParts } from '../../tests/support/new-tenant.ts'
import { bindings } from '../../tests/support/scene.ts'
import type { Probe, ProbeParts } from '../core/trust/probe.ts'
import { contractingProbes } from './probes.ts'

const probe = (id: string): Probe => contractingProbes.find((each) => each.id === id)!
const parts = async (knock: ProbeParts['knock'] = async () => new Response(null, { status: 500 })): Promise<ProbeParts> => ({ ...(await testParts()), sealedFields: [], knock })

test('the seal is made and verified with the deployment’s own key; an expired certificate is no seal', async () => {
  const own = await parts()
  expect(await probe('contracting.seal').measure(own)).toMatchObject({ passed: true, value: expect.stringMatching(/^verified; certificate good for \d+ days$/) })
  const late = await probe('contracting.seal').measure({ ...own, now: own.now + 100 * 365 * 86_400_000 })
  expect(late).toMatchObject({ passed: false, value: 'the certificate has expired' })
})

test('a carrier’s door that lets in whoever has no key is found', async () => {
  expect(await probe('contracting.carrier_door').measure(await parts(async () => new Response(null, { status: 401 })))).toMatchObject({ passed: true, measure: 401 })
  const careless = await parts(async (request) => new Response(null, { status: request.headers.has('Authorization') ? 200 : 401 }))
  expect(await probe('contracting.carrier_door').measure(careless)).toMatchObject({ passed: false, value: 'refused with 401 and 200' })
})

test('a copy that outlives its link is counted, at whichever FMO', async () => {
  const [fmo, other] = [await newFmo(), await newFmo()]
  const [linked, stays] = [await newLinked(fmo), await newLinked(other)]
  await copiedTo(fmo, linked)
  await copiedTo(other, stays)
  const before = (await probe('contracting.release').measure(await parts())).measure ?? 0
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  const state = (to: string) => shard.prepare('UPDATE producer_links SET state = ? WHERE tenant_id = ? AND id = ?').bind(to, fmo.id, linked.linkId).run()
  await state('ended')
  expect(await probe('contracting.release').measure(await parts())).toMatchObject({ passed: false, measure: before + 1 })
  await state('active')
})
