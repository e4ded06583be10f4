import { expect, test } from 'vitest'
import { listed, upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asAdmin, asMember, bindings, drained, failureOf, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { rotateSealRoot } from '../tenancy/rotate-seal-root.ts'
import { tenantPrefix } from './bucket.ts'
import { createDocument } from './create-document.ts'
import { stageContent } from './stage-content.ts'
import { storeDocument } from './store-document.ts'

const streamOf = (bytes: Uint8Array) => new Response(bytes as Uint8Array<ArrayBuffer>).body!
const announce = (who: Browser, name = 'a.pdf') => who.run((ctx) => createDocument(ctx, { name, category: 'other', phi_ack: true }))
const stage = (who: Browser, documentId: string, bytes: Uint8Array = pdf()) => who.run((ctx) => stageContent(ctx, { documentId, bytes: streamOf(bytes), claimedType: 'application/pdf' }))

test('of two uploads for one announced document one becomes it, and the other leaves nothing behind', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const { id } = await announce(member)
  const staged = [await stage(member, id, pdf('first')), await stage(member, id, pdf('second'))]
  expect(await member.run((ctx) => storeDocument(ctx, staged[1]!))).toMatchObject({ state: 'stored', size: pdf('second').length, sha256: staged[1]!.sha256 })
  expect(await failureOf(member.run((ctx) => storeDocument(ctx, staged[0]!)))).toMatchObject({ code: 'conflict' })
  expect((await bindings.DOCUMENTS.list({ prefix: `${tenantPrefix(tenant.id)}${id}/` })).objects).toHaveLength(1)
  expect(await failureOf(stage(member, id))).toMatchObject({ code: 'conflict', state: 'document_stored' })
})

test('only whoever announced a document sends its bytes', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const { id } = await announce(await asMember(tenant))
  for (const other of [await asAdmin(tenant), await signedIn(await tenant.newSomeone('member'), tenant.id), await asMember(elsewhere)]) expect(await failureOf(stage(other, id))).toEqual({ code: 'not_found' })
})

test('a rotation while the bytes come in leaves the document’s key on the new version', async () => {
  const tenant = await newTenant()
  const [owner, member] = [await signedIn(tenant.owner, tenant.id), await asMember(tenant)]
  const { id } = await announce(member)
  const staged = await stage(member, id)
  await owner.run((ctx) => rotateSealRoot(ctx, 'button'))
  await drained(tenant.id)
  await member.run((ctx) => storeDocument(ctx, staged))
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  const { results } = await shard.prepare('SELECT seal_version AS v FROM document_keys WHERE tenant_id = ? UNION ALL SELECT seal_version FROM documents WHERE tenant_id = ?').bind(tenant.id, tenant.id).all<{ v: number }>()
  expect(results.map(({ v }) => v)).toEqual([2, 2])
})

test('neither the name nor the digest nor the key of a document stands in clear in the database', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member, { name: 'canary-Whitlock.pdf' })
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  const rows = await Promise.all(['documents', 'document_keys', 'outbox'].map((table) => shard.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?`).bind(tenant.id).all()))
  expect((await listed(member))[0]?.name).toBe('canary-Whitlock.pdf')
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`canary|Whitlock|${document.sha256}`))
})

test('a document keeps its bytes where the answer to the batch that stored it was lost; a second try finds it stored', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await tenant.asJob(async (ctx) => {
    const { id } = await createDocument(ctx, { name: 'packet.pdf', category: 'agreement', phi_ack: true })
    const staged = await stageContent(ctx, { documentId: id, bytes: new Blob([pdf()]).stream(), claimedType: 'application/pdf' })
    const deaf = { ...ctx, commit: async (...told: Parameters<typeof ctx.commit>) => (await ctx.commit(...told), Promise.reject(new Error('lost'))) }
    await expect(storeDocument(deaf, staged)).rejects.toThrow('lost')
    expect(await failureOf(storeDocument(ctx, { ...staged, object: { ...staged.object, objectId: ctx.newId('obj') } }))).toMatchObject({ code: 'conflict', state: 'document_stored' })
  })
  const objects = async (tenantId: string) => (await bindings.DOCUMENTS.list({ prefix: tenantPrefix(tenantId) })).objects.length
  expect([await objects(tenant.id), await objects(other.id)]).toEqual([1, 0])
})
