import { expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asMember, bindings, replaced } from '../../../tests/support/scene.ts'
import type { Probe, ProbeParts } from '../trust/probe.ts'
import { tenantPrefix } from './bucket.ts'
import { documentProbes } from './probes.ts'

const probe = (id: string): Probe => documentProbes.find((each) => each.id === id)!
const parts = async (knock: ProbeParts['knock'] = async () => new Response(null, { status: 500 })): Promise<ProbeParts> => ({ ...(await testParts()), sealedFields: [], knock })

test('files that are ciphertext pass; one that lies there in clear does not', async () => {
  const tenant = await newTenant()
  await upload(await asMember(tenant))
  const { objects } = await bindings.DOCUMENTS.list({ prefix: tenantPrefix(tenant.id) })
  const own = await parts()
  const onlyOwn = replaced(own.reach.env.DOCUMENTS, 'list', async () => ({ ...(await bindings.DOCUMENTS.list({ prefix: tenantPrefix(tenant.id) })) }))
  const looking = { ...own, reach: replaced(own.reach, 'env', replaced(own.reach.env, 'DOCUMENTS', onlyOwn)) }
  expect(await probe('documents.bytes').measure(looking)).toMatchObject({ passed: true, value: '1 of 1 sampled files are ciphertext', measure: 100 })
  await bindings.DOCUMENTS.put(objects[0]!.key, pdf())
  expect(await probe('documents.bytes').measure(looking)).toMatchObject({ passed: false, measure: 0 })
})

test('a link that nobody made must be refused', async () => {
  expect(await probe('documents.link').measure(await parts(async () => new Response(null, { status: 403 })))).toMatchObject({ passed: true, value: 'refused with 403' })
  expect(await probe('documents.link').measure(await parts(async () => new Response('%PDF')))).toMatchObject({ passed: false })
})

test('a stored document that nobody acknowledged is counted', async () => {
  const tenant = await newTenant()
  const document = await upload(await asMember(tenant))
  const before = (await probe('documents.phi').measure(await parts())).measure ?? 0
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  await shard.prepare('UPDATE documents SET phi_ack_at = NULL WHERE tenant_id = ? AND id = ?').bind(tenant.id, document.id).run()
  expect(await probe('documents.phi').measure(await parts())).toMatchObject({ passed: false, measure: before + 1 })
  await shard.prepare('UPDATE documents SET phi_ack_at = 1 WHERE tenant_id = ? AND id = ?').bind(tenant.id, document.id).run()
})
