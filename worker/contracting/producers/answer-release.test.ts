import { expect, test } from 'vitest'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { copiedTo, inTenant, newFmo, newInvitee, newLinked, someSnapshot } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, asOwner, bindings, drained, entriesOf, failureOf, replaced } from '../../../tests/support/scene.ts'
import { newIsolate, reachOf } from '../../core/reach.ts'
import { answerRelease } from './answer-release.ts'
import { askRelease } from './ask-release.ts'
import { copyPassport } from './copy-passport.ts'
import { eraseCopy } from './erase-copy.ts'
import { issueCredential } from './issue-credential.ts'
import { copyOf } from './link-store.ts'
import { listFmos } from './list-fmos.ts'
import { listProducers } from './list-producers.ts'
import { copyContact, LINK_SALT } from './module.ts'
import { openCopy } from './open-copy.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'

const why = { reason: 'Moving to another region' }

async function scene() {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  await copiedTo(fmo, linked)
  return { fmo, linked, admin: await asAdmin(fmo) }
}

test('[CIQ-15][CIQ-60] a producer asks, the FMO grants: it has lost the passport with that answer, the copy’s key is gone, and the producer keeps its own', async () => {
  const { fmo, linked, admin } = await scene()
  const before = await inTenant(fmo.id, (ctx) => ctx.db.read(copyOf(ctx.db, linked.linkId)))
  expect(before).not.toBeUndefined()
  const asked = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  expect(asked).toMatchObject({ state: 'requested', askedBy: 'producer', reason: why.reason })
  await drained(fmo.id)
  expect((await admin.run((ctx) => readProducer(ctx, linked.linkId))).releases).toMatchObject([{ id: asked.id, state: 'requested', reason: why.reason }])
  expect(await admin.run((ctx) => answerRelease(ctx, asked.id, { verdict: 'released', answer: 'All the best' }))).toMatchObject({ state: 'released', answeredBy: 'fmo', answer: 'All the best' })

  for (const path of [`/api/v1/producers/${linked.linkId}`]) expect((await admin.call(path)).status).toBe(404)
  expect(await failureOf(admin.run((ctx) => openCopy(ctx, linked.linkId, { purpose: 'review', reason: 'One more look' })))).toMatchObject({ code: 'not_found' })
  expect((await admin.run((ctx) => listProducers(ctx, { state: 'active', limit: 5 }))).producers).toEqual([])
  expect((await admin.run((ctx) => listProducers(ctx, { state: 'ended', limit: 5 }))).producers).toMatchObject([{ name: linked.person.name, passport: null }])
  expect(await bindings.KEYS.get(`salts/${fmo.id}/link/cop_${linked.linkId.slice(4)}`)).toBeNull()
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  for (const table of ['passport_copies', 'copied_licences']) expect((await shard.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?`).bind(fmo.id).first<{ n: number }>())?.n).toBe(0)
  // A backup of the row from before opens no more.
  await expect(fmo.asJob(async (ctx) => (await ctx.vault.withSalt(LINK_SALT, before!.id)).open(copyContact, before!.id, { sealed: before!.contact, sealVersion: before!.sealVersion }))).rejects.toMatchObject({ failure: { code: 'gone' } })

  await drained(fmo.id)
  expect(await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))).toMatchObject({ fmo: { state: 'ended' }, releases: [{ state: 'released', answer: 'All the best' }] })
  const told = async (log: string, name: string) => (await entriesOf(log, name)).map(({ meta }) => meta)
  expect([await told(fmo.id, 'contracting.release.requested'), await told(fmo.id, 'contracting.release.issued'), await told(fmo.id, 'contracting.copy.destroyed')]).toEqual([[{ link: linked.linkId, by: 'producer' }], [{ link: linked.linkId, by: 'fmo' }], [{ link: linked.linkId }]])
  expect((await told(linked.producerId, 'contracting.release.noted')).map(({ state }) => state)).toEqual(['requested', 'released'])
  expect(await told(linked.producerId, 'contracting.fmo.unlinked')).toEqual([{ fmo: fmo.id }])
})

test('the FMO asks, the producer grants: the FMO’s very next look finds nothing', async () => {
  const { fmo, linked, admin } = await scene()
  const { id } = await admin.run((ctx) => askRelease(ctx, linked.linkId, { reason: 'The contract ended' }))
  await drained(fmo.id)
  expect((await linked.browser.run(listFmos)).releases).toMatchObject([{ id, askedBy: 'fmo', linkId: linked.linkId }])
  expect(await linked.browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))).toMatchObject({ state: 'released', answeredBy: 'producer' })
  expect((await admin.call(`/api/v1/producers/${linked.linkId}`)).status).toBe(404)
  expect(await linked.browser.run(listFmos)).toMatchObject({ fmos: [{ state: 'ended' }], releases: [] })
  expect(await entriesOf(fmo.id, 'contracting.release.issued')).toMatchObject([{ actor: { kind: 'account', id: linked.person.accountId }, meta: { by: 'producer' } }])
})

test('who was released joins another FMO, and may be invited by the first again: under a new link, with nothing of the old one', async () => {
  const { fmo, linked, admin } = await scene()
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  await admin.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
  await drained(fmo.id)
  const anchor = await newFmo('Anchor FMO')
  const elsewhere = await newLinked(anchor, linked.person)
  const again = await newLinked(fmo, linked.person)
  expect([elsewhere.producerId, again.producerId]).toEqual([linked.producerId, linked.producerId])
  expect(again.linkId).not.toBe(linked.linkId)
  expect((await admin.run((ctx) => readProducer(ctx, again.linkId))).producer.passport).toBeNull()
  await copiedTo(fmo, again, await someSnapshot({ number: 2 }))
  expect((await admin.run((ctx) => readProducer(ctx, again.linkId))).producer.passport).toMatchObject({ number: 2 })
  expect(await failureOf(admin.run((ctx) => readProducer(ctx, linked.linkId)))).toMatchObject({ code: 'not_found' })
  expect((await linked.browser.run(listFmos)).fmos.map(({ state }) => state).sort()).toEqual(['active', 'active', 'ended'])
})

test('a version submitted in the moment of the release is not copied, and no key is made for it', async () => {
  const { fmo, linked, admin } = await scene()
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  const parts = await testParts()
  // The link still lasts when the copying looks, and is over when it asks for the key.
  const asked: string[] = []
  const get = async (key: string): Promise<R2ObjectBody | null> => {
    if (key.includes('/link/') && asked.push(key) === 1) await admin.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
    return bindings.KEYS.get(key)
  }
  const reach = await reachOf({ ...bindings, KEYS: replaced(bindings.KEYS, 'get', get as R2Bucket['get']) }, newIsolate()) // `as`: of its forms the vault uses this one
  await copyPassport({ ...parts, reach }, fmo.id, linked.linkId, await someSnapshot({ number: 2 }))
  expect(asked.length).toBeGreaterThan(0)
  await copyPassport(parts, fmo.id, linked.linkId, await someSnapshot({ number: 3 }))
  expect(await inTenant(fmo.id, (ctx) => ctx.db.read(copyOf(ctx.db, linked.linkId)))).toBeUndefined()
  expect((await bindings.KEYS.list({ prefix: `salts/${fmo.id}/link/` })).objects).toEqual([])
})

test('declined, the link goes on and may be asked about again; taken back likewise; each end gives its own answers', async () => {
  const { fmo, linked, admin } = await scene()
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  expect(await failureOf(linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why)))).toMatchObject({ code: 'conflict', state: 'release_open' })
  expect(await failureOf(admin.run((ctx) => askRelease(ctx, linked.linkId, why)))).toMatchObject({ code: 'conflict', state: 'release_open' })
  expect(await failureOf(linked.browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' })))).toMatchObject({ code: 'conflict', state: 'not_yours_to_answer' })
  expect(await failureOf(admin.run((ctx) => answerRelease(ctx, id, { verdict: 'withdrawn', answer: '' })))).toMatchObject({ code: 'conflict', state: 'not_yours_to_answer' })
  await admin.run((ctx) => answerRelease(ctx, id, { verdict: 'declined', answer: 'A debt is open' }))
  await drained(fmo.id)
  expect((await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))).releases).toMatchObject([{ state: 'declined', answer: 'A debt is open' }])
  const second = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  await linked.browser.run((ctx) => answerRelease(ctx, second.id, { verdict: 'withdrawn', answer: '' }))
  expect(await failureOf(admin.run((ctx) => answerRelease(ctx, second.id, { verdict: 'released', answer: '' })))).toMatchObject({ code: 'conflict' })
  expect((await admin.run((ctx) => readProducer(ctx, linked.linkId))).producer.state).toBe('active')
})

test('another FMO, another producer and a member neither ask nor answer', async () => {
  const { linked, fmo } = await scene()
  const stranger = await newLinked(await newFmo('Anchor FMO'), await newInvitee('Noor Aziz'))
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  for (const browser of [stranger.browser, await asOwner(await newFmo('Cove FMO'))]) {
    expect(await failureOf(browser.run((ctx) => askRelease(ctx, linked.linkId, why)))).toMatchObject({ code: 'not_found' })
    expect(await failureOf(browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' })))).toMatchObject({ code: 'not_found' })
  }
  expect(await failureOf((await asMember(fmo)).run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' })))).toMatchObject({ code: 'role_required' })
})

test('of two answers at once one counts, and the key is found gone once', async () => {
  const { fmo, linked, admin } = await scene()
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  const answers = await Promise.all([admin, await asOwner(fmo), admin].map((browser) => failureOf(browser.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' })))))
  expect(answers.filter((failure) => failure === null)).toHaveLength(1)
  await fmo.asJob((ctx) => eraseCopy(ctx, linked.linkId))
  await drained(fmo.id)
  expect(await entriesOf(fmo.id, 'contracting.copy.destroyed')).toHaveLength(1)
})

test('with the release go the credentials that were given under the link', async () => {
  const { fmo, linked, admin } = await scene()
  await admin.run((ctx) => issueCredential(ctx, linked.linkId, { kind: 'writing_number', label: 'Summit Mutual', value: 'SM-99120', password: '' }))
  const { id } = await linked.browser.run((ctx) => askRelease(ctx, linked.linkId, why))
  await admin.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  expect(await shard.prepare('SELECT secret, revoked_at IS NOT NULL AS revoked FROM issued_credentials WHERE tenant_id = ?').bind(fmo.id).first()).toEqual({ secret: null, revoked: 1 })
})
