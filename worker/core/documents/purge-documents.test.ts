import { expect, test } from 'vitest'
import { eventsAbout, listed, upload } from '../../../tests/support/document-scene.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asMember, bindings, drained, failureOf, replaced } from '../../../tests/support/scene.ts'
import { tenantPrefix } from './bucket.ts'
import type { DocumentView } from './contract.ts'
import { purgeDocuments } from './purge-documents.ts'
import { readDocument } from './read-document.ts'
import { documentKeyById, tenantsWithDueDocuments } from './store.ts'
import { restoreDocument, trashDocument } from './trash-document.ts'

const DAY = 86_400_000
const objectsOf = async (tenantId: string) => (await bindings.DOCUMENTS.list({ prefix: tenantPrefix(tenantId) })).objects.length

test('after its days in the trash a document is gone: key, bytes and row, with a purge in the log, and nobody else’s', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const [member, stranger] = [await asMember(tenant), await asMember(elsewhere)]
  const [document, kept, foreign] = [await upload(member), await upload(member), await upload(stranger)]
  const { purgedAt } = await member.run((ctx) => trashDocument(ctx, document.id))
  await drained(tenant.id)
  const at = purgedAt ?? 0
  expect(await tenant.asJob((ctx) => purgeDocuments(ctx, 100), at - 1)).toBe(0)
  expect(await tenant.asJob((ctx) => purgeDocuments(ctx, 100), at)).toBe(1)
  expect(await failureOf(member.run((ctx) => readDocument(ctx, document.id)))).toEqual({ code: 'not_found' })
  expect(await tenant.asJob((ctx) => ctx.db.read(documentKeyById(ctx.db, document.id)))).toBeUndefined()
  expect([await objectsOf(tenant.id), await objectsOf(elsewhere.id)]).toEqual([1, 1])
  expect((await listed(member)).map(({ id }) => id)).toEqual([kept.id])
  expect((await listed(stranger)).map(({ id }) => id)).toEqual([foreign.id])
  expect((await eventsAbout(tenant.id, document.id)).at(-1)).toBe('core.document.purged')
})

test('an upload that never came is cleared away after a day, one that came is not', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const { id } = await (await member.call('/api/v1/documents', { json: { name: 'late.pdf', category: 'other', phi_ack: true } })).json<DocumentView>()
  const document = await upload(member)
  await drained(tenant.id)
  const { now } = await testParts()
  expect(await tenant.asJob((ctx) => purgeDocuments(ctx, 100), now + DAY - 60_000)).toBe(0)
  expect(await tenant.asJob((ctx) => purgeDocuments(ctx, 100), now + DAY + 60_000)).toBe(1)
  expect(await eventsAbout(tenant.id, id)).toEqual(['core.document.begun', 'core.document.abandoned'])
  expect((await listed(member)).map((each) => each.id)).toEqual([document.id])
})

test('a purge that broke off after the key was gone is finished by the next, and cannot be undone in between', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const { purgedAt } = await member.run((ctx) => trashDocument(ctx, document.id))
  await drained(tenant.id)
  const broken = tenant.asJob((ctx) => {
    const env = replaced(ctx.reach.env, 'DOCUMENTS', replaced(ctx.reach.env.DOCUMENTS, 'list', () => Promise.reject(new Error('the bucket is away'))))
    return purgeDocuments({ ...ctx, reach: replaced(ctx.reach, 'env', env) }, 100)
  }, purgedAt ?? 0)
  await expect(broken).rejects.toThrow('the bucket is away')
  expect(await objectsOf(tenant.id)).toBe(1)
  expect(await failureOf(member.run((ctx) => restoreDocument(ctx, document.id)))).toEqual({ code: 'not_found' })
  expect(await tenant.asJob((ctx) => purgeDocuments(ctx, 100), purgedAt ?? 0)).toBe(1)
  expect(await objectsOf(tenant.id)).toBe(0)
  expect((await eventsAbout(tenant.id, document.id)).filter((name) => name === 'core.document.purged')).toHaveLength(1)
})

test('a document that was taken out of the trash in the meantime stays', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const { purgedAt } = await member.run((ctx) => trashDocument(ctx, document.id))
  await drained(tenant.id)
  const gone = await tenant.asJob(async (ctx) => {
    const seen = replaced(ctx.db, 'read', (async (question: Parameters<typeof ctx.db.read>[0]) => {
      const rows = await ctx.db.read(question)
      await member.run((own) => restoreDocument(own, document.id))
      return rows
    }) as typeof ctx.db.read)
    return purgeDocuments({ ...ctx, db: seen }, 100)
  }, purgedAt ?? 0)
  expect(gone).toBe(0)
  expect((await listed(member)).map(({ id }) => id)).toEqual([document.id])
})

test('the cron finds a tenant only when something of it is due', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const document = await upload(member)
  const { reach } = await testParts()
  const due = async (at: number) => (await tenantsWithDueDocuments(reach.reader(tenant.shard), at, '', 10_000)).includes(tenant.id)
  expect(await due(Number.MAX_SAFE_INTEGER)).toBe(false)
  const { purgedAt } = await member.run((ctx) => trashDocument(ctx, document.id))
  expect([await due((purgedAt ?? 0) - 1), await due(purgedAt ?? 0)]).toEqual([false, true])
})
