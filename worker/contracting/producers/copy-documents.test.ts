import { expect, test } from 'vitest'
import { testClock } from '../../../tests/support/clock.ts'
import { listed } from '../../../tests/support/document-scene.ts'
import { copiedTo, inTenant, newFmo, newInvitee, newLinked, paperOf, someSnapshot } from '../../../tests/support/link-scene.ts'
import { testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { saved, submitted, wholePassport } from '../../../tests/support/producer-scene.ts'
import { pdf, png } from '../../../tests/support/sample-files.ts'
import { asAdmin, bindings, drained, entriesOf, failureOf, reachNow, replaced } from '../../../tests/support/scene.ts'
import type { EventBody } from '../../core/audit/event.ts'
import { rootVersions } from '../../core/vault/keyring.ts'
import { bytesInside, openInside } from '../../core/documents/open-inside.ts'
import { purgeDocuments } from '../../core/documents/purge-documents.ts'
import { restoreDocument, trashDocument } from '../../core/documents/trash-document.ts'
import { newIsolate, reachOf } from '../../core/reach.ts'
import { rotateSealRoot } from '../../core/tenancy/rotate-seal-root.ts'
import { sealedTables, sweepSealRoot } from '../../core/tenancy/sweep-seal-root.ts'
import { manifests } from '../../modules.ts'
import { answerRelease } from './answer-release.ts'
import { askRelease } from './ask-release.ts'
import { followDocuments } from './copy-documents.ts'
import { copyPassport } from './copy-passport.ts'
import { namedUnder } from './document-store.ts'
import { readProducer } from './read-producer.ts'

const rowsAt = async (fmo: TestTenant, linkId: string) => (await inTenant(fmo.id, (ctx) => ctx.db.read(namedUnder(ctx.db, linkId)))) ?? []
/** Which documents of a tenant have bytes in the bucket. */
const inBucket = async (fmo: TestTenant): Promise<string[]> => [...new Set((await bindings.DOCUMENTS.list({ prefix: `${fmo.id}/` })).objects.map(({ key }) => key.split('/')[1] ?? ''))].toSorted()
const purged = (fmo: TestTenant) => fmo.asJob((ctx) => purgeDocuments(ctx, 50))
/** The event that the copying follows. */
const copyMadeOf = (linkId: string) => ({ meta: { link: linkId } }) as unknown as EventBody // `as`: the one thing that is read of it

test('[CIQ-07] the cheque and the papers of a submitted version reach every FMO it works with, each under a key of its own, in no list, and no other FMO', async () => {
  const [harbor, anchor, cove] = [await newFmo(), await newFmo('Anchor FMO'), await newFmo('Cove FMO')]
  const person = await newInvitee()
  const [atHarbor, atAnchor] = [await newLinked(harbor, person), await newLinked(anchor, person)]
  const { browser, producerId } = atHarbor
  const [voidedCheque, paper] = [await paperOf(producerId, { bytes: pdf('Void, void') }), await paperOf(producerId, { name: 'Court letter.png', bytes: png(), type: 'image/png' })]
  const background = (wholePassport.background ?? []).map((each) => (each.question === 'lawsuit' ? { ...each, answer: true, explanation: 'Settled.', documents: [paper, voidedCheque] } : each))
  await browser.run((ctx) => saved(ctx, { ...wholePassport, background, bank: { routing: '021000021', account: '99887766554', accountType: 'checking', voidedCheque } }))
  await browser.run(submitted)
  for (const _ of [1, 2, 3]) for (const id of [producerId, harbor.id, anchor.id]) await drained(id)

  for (const [fmo, { linkId }] of [[harbor, atHarbor], [anchor, atAnchor]] as const) {
    const rows = await rowsAt(fmo, linkId)
    expect(rows).toMatchObject([{ what: 'explanation', sourceId: paper, mediaType: 'image/png', size: png().length }, { what: 'voided_cheque', sourceId: voidedCheque, mediaType: 'application/pdf', size: pdf('Void, void').length }])
    expect(await inTenant(fmo.id, (ctx) => bytesInside(ctx, rows[1]?.documentId ?? ''))).toEqual(pdf('Void, void'))
    expect(await inTenant(fmo.id, async (ctx) => (await openInside(ctx, rows[0]?.documentId ?? '')).name)).toBe('Court letter.png')
    expect(await listed(await asAdmin(fmo))).toEqual([])
    expect((await (await asAdmin(fmo)).run((ctx) => readProducer(ctx, linkId))).documents).toBe(2)
    expect((await entriesOf(fmo.id, 'contracting.document.copied')).map(({ subject, meta }) => [subject, meta['what']]).toSorted()).toEqual(rows.map(({ documentId, what }) => [documentId, what]).toSorted())
  }
  const [one, other] = [await inBucket(harbor), await inBucket(anchor)]
  expect(one.filter((id) => other.includes(id) || id === paper || id === voidedCheque)).toEqual([])
  expect(await inBucket(cove)).toEqual([])
  expect(await failureOf(cove.asJob((ctx) => openInside(ctx, one[0] ?? '')))).toEqual({ code: 'not_found' })
})

test('a document that the next version names again is not copied again; one that it names no more is let go, key and bytes', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const [cheque, paper, newer] = [await paperOf(linked.producerId), await paperOf(linked.producerId, { name: 'Letter.pdf' }), await paperOf(linked.producerId, { name: 'Another.pdf' })]
  await copiedTo(fmo, linked, await someSnapshot({ voidedCheque: cheque, papers: [paper] }))
  const before = await rowsAt(fmo, linked.linkId)
  await copiedTo(fmo, linked, await someSnapshot({ number: 2, voidedCheque: cheque, papers: [newer] }))
  const after = await rowsAt(fmo, linked.linkId)
  expect(after.map(({ sourceId }) => sourceId).toSorted()).toEqual([cheque, newer].toSorted())
  const kept = before.find(({ sourceId }) => sourceId === cheque)
  expect(after.find(({ sourceId }) => sourceId === cheque)).toEqual(kept)
  expect(await entriesOf(fmo.id, 'contracting.document.copied')).toHaveLength(3)
  const gone = before.find(({ sourceId }) => sourceId === paper)?.documentId ?? ''
  await purged(fmo)
  expect(await failureOf(fmo.asJob((ctx) => openInside(ctx, gone)))).toEqual({ code: 'not_found' })
  expect(await inBucket(fmo)).toEqual(after.map(({ documentId }) => documentId).toSorted())
})

test('copied twice at once each document is there once, and no bytes lie that nothing names', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const snapshot = await someSnapshot({ voidedCheque: await paperOf(linked.producerId), papers: [await paperOf(linked.producerId, { name: 'Letter.pdf' })] })
  const { reach, now } = await testParts()
  await copyPassport({ reach, now, later: () => undefined }, fmo.id, linked.linkId, snapshot)
  await Promise.all([1, 2, 3].map(() => followDocuments(reach, fmo.id, copyMadeOf(linked.linkId), now)))
  const rows = await rowsAt(fmo, linked.linkId)
  expect(rows.every(({ copiedAt }) => copiedAt !== null)).toBe(true)
  const objects = (await bindings.DOCUMENTS.list({ prefix: `${fmo.id}/` })).objects
  expect(objects).toHaveLength(2)
  expect(await entriesOf(fmo.id, 'contracting.document.copied')).toHaveLength(2)
})

test('a copying that dies with its bytes stored is finished by the next run, and what it left behind goes with the document', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const parts = await testParts()
  const snapshot = await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { bytes: pdf('Void') }) })
  await copyPassport(parts, fmo.id, linked.linkId, snapshot)
  const dies = async (...args: Parameters<R2Bucket['put']>): Promise<never> => {
    await bindings.DOCUMENTS.put(...args)
    throw new Error('the process ended')
  }
  const dying = await reachOf(replaced(bindings, 'DOCUMENTS', replaced(bindings.DOCUMENTS, 'put', dies as R2Bucket['put'])), newIsolate()) // `as`: one of its overloads
  await expect(followDocuments(dying, fmo.id, copyMadeOf(linked.linkId), await testClock())).rejects.toThrow('the process ended')
  const [waiting] = await rowsAt(fmo, linked.linkId)
  expect([waiting?.copiedAt, await inBucket(fmo)]).toEqual([null, [waiting?.documentId]])
  expect((await (await asAdmin(fmo)).run((ctx) => readProducer(ctx, linked.linkId))).documents).toBe(0)

  await drained(fmo.id)
  expect(await inTenant(fmo.id, (ctx) => bytesInside(ctx, waiting?.documentId ?? ''))).toEqual(pdf('Void'))
  await copiedTo(fmo, linked, await someSnapshot({ number: 2 }))
  await purged(fmo)
  expect(await inBucket(fmo)).toEqual([])
})

test('what an interrupted copying left is forgotten when the next version, or a release, drops the document', async () => {
  for (const end of ['version', 'release'] as const) {
    const fmo = await newFmo()
    const linked = await newLinked(fmo)
    const parts = await testParts()
    await copyPassport(parts, fmo.id, linked.linkId, await someSnapshot({ voidedCheque: await paperOf(linked.producerId) }))
    const [waiting] = await rowsAt(fmo, linked.linkId)
    await bindings.DOCUMENTS.put(`${fmo.id}/${waiting?.documentId}/obj_half`, new Uint8Array(40))
    if (end === 'version') await copyPassport(parts, fmo.id, linked.linkId, await someSnapshot({ number: 2 }))
    else await released(fmo, linked)
    expect([end, await rowsAt(fmo, linked.linkId), await inBucket(fmo)]).toEqual([end, [], []])
    await followDocuments(parts.reach, fmo.id, copyMadeOf(linked.linkId), parts.now)
    expect(await inBucket(fmo)).toEqual([])
  }
})

test('a document that lies in the trash is left out and holds up no other; the next version brings it', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const [cheque, paper] = [await paperOf(linked.producerId), await paperOf(linked.producerId, { name: 'Letter.pdf' })]
  await linked.browser.run((ctx) => trashDocument(ctx, cheque))
  await copiedTo(fmo, linked, await someSnapshot({ voidedCheque: cheque, papers: [paper] }))
  expect((await rowsAt(fmo, linked.linkId)).map(({ what, copiedAt }) => [what, copiedAt !== null])).toEqual([['explanation', true], ['voided_cheque', false]])
  await linked.browser.run((ctx) => restoreDocument(ctx, cheque))
  await copiedTo(fmo, linked, await someSnapshot({ number: 2, voidedCheque: cheque, papers: [paper] }))
  expect((await rowsAt(fmo, linked.linkId)).every(({ copiedAt }) => copiedAt !== null)).toBe(true)
})

test('a document whose bytes were tampered with is not copied, is tried again, and holds up no other', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const parts = await testParts()
  const [cheque, paper] = [await paperOf(linked.producerId), await paperOf(linked.producerId, { name: 'Letter.pdf' })]
  const [object] = (await bindings.DOCUMENTS.list({ prefix: `${linked.producerId}/${paper}/` })).objects
  await bindings.DOCUMENTS.put(object?.key ?? '', new Uint8Array(object?.size ?? 0))
  await copyPassport(parts, fmo.id, linked.linkId, await someSnapshot({ voidedCheque: cheque, papers: [paper] }))
  await expect(followDocuments(parts.reach, fmo.id, copyMadeOf(linked.linkId), parts.now)).rejects.toThrow()
  expect((await rowsAt(fmo, linked.linkId)).map(({ what, copiedAt }) => [what, copiedAt !== null])).toEqual([['explanation', false], ['voided_cheque', true]])
  expect(await inBucket(fmo)).toHaveLength(1)
})

test('[CIQ-15] a release destroys what the FMO’s copies open with before any of their bytes go: rows and bytes put back from a backup open nothing; another FMO’s copies and the producer’s own stay', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const person = await newInvitee()
  const [atHarbor, atAnchor] = [await newLinked(harbor, person), await newLinked(anchor, person)]
  const cheque = await paperOf(atHarbor.producerId, { bytes: pdf('Void') })
  const version = await someSnapshot({ voidedCheque: cheque })
  await copiedTo(harbor, atHarbor, version)
  await copiedTo(anchor, atAnchor, version)
  const [[copy], [other]] = [await rowsAt(harbor, atHarbor.linkId), await rowsAt(anchor, atAnchor.linkId)]
  const opened = (fmo: TestTenant, id = copy?.documentId ?? '') => fmo.asJob((ctx) => bytesInside(ctx, id))
  expect(await opened(harbor)).toEqual(pdf('Void'))
  const backup = await backedUp(harbor, copy?.documentId ?? '')

  await released(harbor, atHarbor)
  expect(await rowsAt(harbor, atHarbor.linkId)).toEqual([])
  expect(await inBucket(harbor)).toEqual([copy?.documentId])
  expect(await failureOf(opened(harbor))).toMatchObject({ code: 'gone' })
  await purged(harbor)
  expect(await inBucket(harbor)).toEqual([])
  expect(await failureOf(opened(harbor))).toEqual({ code: 'not_found' })
  await backup.putBack()
  expect(await inBucket(harbor)).toEqual([copy?.documentId])
  expect(await failureOf(opened(harbor))).toMatchObject({ code: 'gone' })

  await purged(anchor)
  expect(await opened(anchor, other?.documentId)).toEqual(pdf('Void'))
  expect(await inTenant(atHarbor.producerId, (ctx) => bytesInside(ctx, cheque))).toEqual(pdf('Void'))
})

test('a copied document survives the rotation of its FMO’s root, the old version destroyed, and still dies with its link', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  await copiedTo(fmo, linked, await someSnapshot({ voidedCheque: await paperOf(linked.producerId, { bytes: pdf('Void') }) }))
  const [copy] = await rowsAt(fmo, linked.linkId)
  const opened = () => fmo.asJob((ctx) => openInside(ctx, copy?.documentId ?? ''))
  await fmo.asJob((ctx) => rotateSealRoot(ctx, 'compromised'))
  await sweepSealRoot(await testParts(), sealedTables(manifests), fmo.id)
  expect(await rootVersions((await reachNow()).keyring, fmo.id, 'seal')).toEqual([2])
  expect((await opened()).name).toBe('Voided cheque.pdf')
  await released(fmo, linked)
  expect(await failureOf(opened())).toMatchObject({ code: 'gone' })
})

/** A held document as a backup of database and bucket has it. */
async function backedUp(fmo: TestTenant, id: string): Promise<{ putBack: () => Promise<void> }> {
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  const rows = await Promise.all(['documents', 'document_keys'].map(async (table) => ({ table, row: await shard.prepare(`SELECT * FROM ${table} WHERE tenant_id = ? AND id = ?`).bind(fmo.id, id).first() })))
  const objects = await Promise.all((await bindings.DOCUMENTS.list({ prefix: `${fmo.id}/${id}/` })).objects.map(async ({ key }) => ({ key, bytes: (await (await bindings.DOCUMENTS.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0) })))
  return {
    putBack: async () => {
      for (const { table, row } of rows) await shard.prepare(`INSERT INTO ${table} (${Object.keys(row ?? {}).join(', ')}) VALUES (${Object.keys(row ?? {}).map(() => '?').join(', ')})`).bind(...Object.values(row ?? {})).run()
      for (const { key, bytes } of objects) await bindings.DOCUMENTS.put(key, bytes)
    },
  }
}

async function released(fmo: TestTenant, linked: Awaited<ReturnType<typeof newLinked>>): Promise<void> {
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, { reason: 'Moving on' }))
  await (await asAdmin(fmo)).run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
}
