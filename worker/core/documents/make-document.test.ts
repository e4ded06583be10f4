import { expect, test } from 'vitest'
import { eventsAbout, linkTo, listed } from '../../../tests/support/document-scene.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asOwner, bindings, failureOf } from '../../../tests/support/scene.ts'
import { rowSalt, type RowSalt } from '../vault/row-vault.ts'
import { destroySalt } from '../vault/salts.ts'
import { DocumentBucket } from './bucket.ts'
import { letGo, makeDocument } from './make-document.ts'
import { documentTrashed } from './module.ts'
import { bytesInside, openInside } from './open-inside.ts'
import { purgeDocuments } from './purge-documents.ts'
import { readDocument } from './read-document.ts'

const bytes = pdf()

async function made(held: boolean, salt?: RowSalt) {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  for (const id of salt ? ['one', 'other'] : []) await tenant.asJob((ctx) => ctx.vault.withNewSalt('subject', id))
  const id = await owner.run(async (ctx) => {
    const document = await makeDocument(ctx, { name: 'Packet.pdf', category: 'signed_application', bytes, held, ...(salt && { salt }) })
    await ctx.commit(document.writes, document.event)
    return document.id
  })
  return { tenant, owner, id }
}

test('a document of our own making is encrypted, listed and downloaded like any other', async () => {
  const { tenant, owner, id } = await made(false)
  expect((await listed(owner)).map((document) => document.id)).toEqual([id])
  const answer = await owner.call(await linkTo(owner, { id }))
  expect(answer.headers.get('Content-Type')).toBe('application/pdf')
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
  expect(await eventsAbout(tenant.id, id)).toEqual(['core.document.made', 'core.document.url_issued', 'core.document.downloaded'])
})

test('a held document stands in no list, has no link, is nowhere for the API, and opens for a verb of its tenant alone', async () => {
  const { owner, id } = await made(true)
  const other = await asOwner(await newTenant())
  expect(await listed(owner)).toEqual([])
  expect(await failureOf(owner.run((ctx) => readDocument(ctx, id)))).toEqual({ code: 'not_found' })
  expect((await owner.call(`/api/v1/documents/${id}/links`, { method: 'POST' })).status).toBe(404)
  expect(await owner.run((ctx) => bytesInside(ctx, id))).toEqual(bytes)
  expect(await failureOf(other.run((ctx) => openInside(ctx, id)))).toEqual({ code: 'not_found' })
})

test('a held document that is let go is gone with the next purge, key and bytes', async () => {
  const { tenant, owner, id } = await made(true)
  await owner.run((ctx) => ctx.commit([letGo(ctx, id)], documentTrashed(id, { days: 0 })))
  await tenant.asJob((ctx) => purgeDocuments(ctx, 10))
  expect(await failureOf(owner.run((ctx) => openInside(ctx, id)))).toEqual({ code: 'not_found' })
})

test('a document made under a salt opens with that salt alone: not where its rows name none or another’s, and not after its destruction', async () => {
  const { tenant, owner, id } = await made(true, rowSalt('subject', 'one'))
  const name = (salt: string | null) => Promise.all(['documents', 'document_keys'].map((table) => bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'].prepare(`UPDATE ${table} SET salt = ? WHERE tenant_id = ? AND id = ?`).bind(salt, tenant.id, id).run())) // `as`: the two shards there are
  const opened = () => owner.run((ctx) => bytesInside(ctx, id))
  expect(await opened()).toEqual(bytes)
  for (const salt of [null, rowSalt('subject', 'other')]) {
    await name(salt)
    expect(await failureOf(opened())).toMatchObject({ code: 'integrity' })
  }
  await name(rowSalt('subject', 'one'))
  expect(await opened()).toEqual(bytes)
  await destroySalt(bindings.KEYS, { tenant: tenant.id, kind: 'subject', id: 'one' })
  expect(await failureOf(opened())).toMatchObject({ code: 'gone' })
  expect(await failureOf(owner.run((ctx) => makeDocument(ctx, { name: 'Late.pdf', category: 'other', bytes, held: true, salt: rowSalt('subject', 'one') })))).toMatchObject({ code: 'gone' })
})

test('what no row came to name is forgotten', async () => {
  const { reach } = await testParts()
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const document = await owner.run((ctx) => makeDocument(ctx, { name: 'Packet.pdf', category: 'other', bytes, held: true }))
  await document.forget()
  expect(await new DocumentBucket(reach).removeTenant(tenant.id)).toBe(0)
})
