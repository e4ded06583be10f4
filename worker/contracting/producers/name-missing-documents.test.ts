import type { D1Migration } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { copiedTo, inTenant, newFmo, newLinked, paperOf, someSnapshot, type Linked } from '../../../tests/support/link-scene.ts'
import { testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { purgeDocuments } from '../../core/documents/purge-documents.ts'
import { namedUnder } from './document-store.ts'
import { copyFigures } from './link-store.ts'
import { nameMissingDocuments } from './name-missing-documents.ts'

const rowsAt = async (fmo: TestTenant, linkId: string) => (await inTenant(fmo.id, (ctx) => ctx.db.read(namedUnder(ctx.db, linkId)))) ?? []
const run = async () => nameMissingDocuments(await testParts())

/** A link whose copy was made before documents were copied. */
async function oldLink(fmo: TestTenant, bytes: Uint8Array<ArrayBuffer>): Promise<Linked> {
  const linked = await newLinked(fmo)
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  const cheque = await paperOf(linked.producerId, { bytes })
  await copiedTo(fmo, linked, await someSnapshot({ voidedCheque: cheque }))
  await shard.batch([
    shard.prepare('DELETE FROM copied_documents WHERE tenant_id = ? AND link_id = ?').bind(fmo.id, linked.linkId),
    shard.prepare('UPDATE passport_copies SET documents_named = 0, has_cheque = 0 WHERE tenant_id = ? AND link_id = ?').bind(fmo.id, linked.linkId),
  ])
  return linked
}

test('a copy from before documents were copied gets those of its version once, in its own FMO alone, and a newer one is left as it is', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const [old, fresh, elsewhere] = [await oldLink(harbor, pdf('Old')), await newLinked(harbor), await oldLink(anchor, pdf('Elsewhere'))]
  await copiedTo(harbor, fresh, await someSnapshot({ voidedCheque: await paperOf(fresh.producerId) }))
  const before = await rowsAt(harbor, fresh.linkId)
  expect(await rowsAt(harbor, old.linkId)).toEqual([])
  for (let times = 1; times <= 2; times += 1) {
    await Promise.all([run(), run()])
    for (const { id } of [harbor, anchor]) await drained(id)
  }
  for (const [fmo, { linkId }, bytes] of [[harbor, old, pdf('Old')], [anchor, elsewhere, pdf('Elsewhere')]] as const) {
    const rows = await rowsAt(fmo, linkId)
    expect(rows).toMatchObject([{ what: 'voided_cheque', copiedAt: expect.any(Number) }])
    expect(await inTenant(fmo.id, (ctx) => bytesInside(ctx, rows[0]?.documentId ?? ''))).toEqual(bytes)
    expect((await entriesOf(fmo.id, 'contracting.documents.named')).filter(({ subject }) => subject === linkId)).toMatchObject([{ actor: { kind: 'system' }, meta: { link: linkId, documents: 1 } }])
  }
  expect(await inTenant(harbor.id, (ctx) => ctx.db.read(copyFigures(ctx.db, old.linkId)))).toMatchObject({ hasCheque: true, hasEmployment: false })
  expect(await rowsAt(harbor, fresh.linkId)).toEqual(before)
  expect((await entriesOf(harbor.id, 'contracting.documents.named')).map(({ subject }) => subject)).toEqual([old.linkId])
})

test('a copy that an older release held under the root alone is made again under its link’s salt, and the old one goes; what stands under a salt stays', async () => {
  const fmo = await newFmo()
  const [old, fresh] = [await newLinked(fmo), await newLinked(fmo)]
  for (const linked of [old, fresh]) await copiedTo(fmo, linked, await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { bytes: pdf('Void') }) }))
  const [[before], kept] = [await rowsAt(fmo, old.linkId), await rowsAt(fmo, fresh.linkId)]
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  await shard.prepare('UPDATE documents SET salt = NULL WHERE tenant_id = ? AND id = ?').bind(fmo.id, before?.documentId).run()
  const { TEST_MIGRATIONS } = bindings as unknown as { TEST_MIGRATIONS: { shard: D1Migration[] } } // `as`: vitest.config.ts adds it to the product's
  const migration = TEST_MIGRATIONS.shard.find(({ name }) => name.includes('contracting_salted_documents'))
  for (const query of migration?.queries.filter((each) => /^(UPDATE|DELETE)/m.test(each)) ?? []) await shard.prepare(query).run()

  expect(await rowsAt(fmo, old.linkId)).toEqual([])
  await run()
  await drained(fmo.id)
  const [after] = await rowsAt(fmo, old.linkId)
  expect(after).toMatchObject({ what: 'voided_cheque', copiedAt: expect.any(Number) })
  expect(after?.documentId).not.toBe(before?.documentId)
  expect(await shard.prepare('SELECT salt FROM documents WHERE tenant_id = ? AND id = ?').bind(fmo.id, after?.documentId).first('salt')).toMatch(/^link\/cop_/)
  await fmo.asJob((ctx) => purgeDocuments(ctx, 10))
  expect(await failureOf(fmo.asJob((ctx) => bytesInside(ctx, before?.documentId ?? '')))).toEqual({ code: 'not_found' })
  expect(await inTenant(fmo.id, (ctx) => bytesInside(ctx, after?.documentId ?? ''))).toEqual(pdf('Void'))
  expect(await rowsAt(fmo, fresh.linkId)).toEqual(kept)
})

test('a link that ended before its turn gets nothing', async () => {
  const fmo = await newFmo()
  const { linkId } = await oldLink(fmo, pdf('Void'))
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  await shard.prepare("UPDATE producer_links SET state = 'ended', ended_at = 1 WHERE tenant_id = ? AND id = ?").bind(fmo.id, linkId).run()
  await run()
  await drained(fmo.id)
  expect(await rowsAt(fmo, linkId)).toEqual([])
})
