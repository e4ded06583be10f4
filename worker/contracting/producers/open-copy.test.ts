import { expect, test } from 'vitest'
import { copiedTo, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, asOwner, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { listOpenings } from './list-openings.ts'
import { openCopy, openCopyForPacket } from './open-copy.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'

const why = { purpose: 'review', reason: 'Checking the mailing address' } as const

test('[CIQ-44] every opening of a copy stands in the FMO’s log and in the producer’s: who, when, why, and which parts', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const person = await newInvitee()
  const linked = await newLinked(harbor, person)
  await newLinked(anchor, person)
  await copiedTo(harbor, linked)
  const admin = await asAdmin(harbor)
  const opened = await admin.run((ctx) => openCopy(ctx, linked.linkId, why))
  expect(opened).toMatchObject({ number: 1, contact: { phone: '(503) 555-0147' }, content: { licences: [{ number: 'OR-5501' }, { number: 'WA-7702' }] } })
  expect(JSON.stringify(opened)).not.toMatch(/123456789|121000021|99887744174417/)
  await drained(harbor.id)
  expect(await entriesOf(harbor.id, 'contracting.copy.read')).toMatchObject([{ actor: { role: 'admin' }, meta: { link: linked.linkId, purpose: 'review', parts: 'contact,content', number: 1 } }])
  const admins = (await harbor.someone('admin')).accountId
  expect(await entriesOf(linked.producerId, 'contracting.passport.read')).toMatchObject([{ meta: { fmo: harbor.id, by: admins, purpose: 'review', parts: 'contact,content' } }])
  const told = { where: 'Harbor FMO', who: 'Ada Admin', reason: why.reason, parts: ['contact', 'content'], purpose: 'review', number: 1 }
  expect((await linked.browser.run((ctx) => listOpenings(ctx, { limit: 10 }))).openings).toMatchObject([told])
  expect((await linked.browser.run((ctx) => readFmo(ctx, linked.linkId))).openings).toMatchObject([told])
  expect((await admin.run((ctx) => readProducer(ctx, linked.linkId))).openings).toMatchObject([{ who: 'Ada Admin', reason: why.reason }])
})

test('looking at the list and at a producer’s page opens nothing and tells nobody', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  await copiedTo(fmo, linked)
  await (await asAdmin(fmo)).run((ctx) => readProducer(ctx, linked.linkId))
  expect(await entriesOf(fmo.id, 'contracting.copy.read')).toEqual([])
  expect((await linked.browser.run((ctx) => listOpenings(ctx, { limit: 10 }))).openings).toEqual([])
})

test('a member, another FMO, an admin whose proof is old, and whoever asks before the first submission open nothing', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const linked = await newLinked(harbor)
  expect(await failureOf((await asAdmin(harbor)).run((ctx) => openCopy(ctx, linked.linkId, why)))).toMatchObject({ code: 'not_found' })
  await copiedTo(harbor, linked)
  expect(await failureOf((await asMember(harbor)).run((ctx) => openCopy(ctx, linked.linkId, why)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(anchor)).run((ctx) => openCopy(ctx, linked.linkId, why)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf((await asAdmin(harbor, { proven: false })).run((ctx) => openCopy(ctx, linked.linkId, why)))).toMatchObject({ code: 'step_up_required' })
  expect(await entriesOf(harbor.id, 'contracting.copy.read')).toEqual([])
})

test('what a packet is filled from is opened whole, in the same commit as its opening', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  const { parts } = await copiedTo(fmo, linked)
  await fmo.asJob(async (ctx) => {
    const { snapshot, writes, event } = await openCopyForPacket(ctx, linked.linkId, 'Filling the form of Summit Mutual')
    expect(snapshot.parts).toEqual(parts)
    await ctx.commit(writes, event)
  })
  await drained(fmo.id)
  expect((await linked.browser.run((ctx) => listOpenings(ctx, { limit: 10 }))).openings).toMatchObject([{ purpose: 'packet', parts: ['contact', 'content', 'secret'], who: 'Countersign' }])
})
