import { expect, test } from 'vitest'
import { copiedTo, newFmo, newInvitee, newLinked, someSnapshot } from '../../../tests/support/link-scene.ts'
import { asAdmin, asMember, asOwner, drained, failureOf } from '../../../tests/support/scene.ts'
import { askRelease } from './ask-release.ts'
import { inviteProducer } from './invite-producer.ts'
import { issueCredential } from './issue-credential.ts'
import { listReleases, readRelease } from './list-releases.ts'
import { readAsking } from './read-asking.ts'
import { readCredential } from './read-credential.ts'
import { readInvitingProducers } from './read-inviting-producers.ts'
import { readProducers } from './read-producers.ts'

const page = { state: 'active', limit: 2 } as const

test('[CIQ-13] the figures count what the lists show, page by page, and nothing of another FMO', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const linked = [await newLinked(harbor), await newLinked(harbor, await newInvitee('Noor Aziz')), await newLinked(harbor, await newInvitee('Jonah Reed'))]
  await newLinked(anchor, await newInvitee('Olive Tan'))
  const version = await someSnapshot()
  await copiedTo(harbor, linked[0]!, { ...version, summary: { ...version.summary, coverExpiresOn: '2020-01-01' } })
  await copiedTo(harbor, linked[1]!)
  await harbor.asJob((ctx) => inviteProducer(ctx, { name: 'Waiting', email: 'waiting@people.test' }))
  await linked[2]!.browser.run((ctx) => askRelease(ctx, linked[2]!.linkId, { reason: 'Moving away' }))
  const admin = await asAdmin(harbor)
  const first = await admin.run((ctx) => readProducers(ctx, page))
  expect(first.figures).toEqual({ active: 3, released: 0, waiting: 1, invited: 1, releasesOpen: 1, coverLapsed: 1 })
  const second = await admin.run((ctx) => readProducers(ctx, { ...page, cursor: first.next ?? '' }))
  expect([...first.producers, ...second.producers].map(({ name }) => name).toSorted()).toEqual(['Jonah Reed', 'Maria Alvarez', 'Noor Aziz'])
  expect(second.next).toBeNull()
  expect((await (await asAdmin(anchor)).run((ctx) => readProducers(ctx, page))).figures).toMatchObject({ active: 1, waiting: 1, releasesOpen: 0 })
  expect(await failureOf((await asAdmin(anchor)).run((ctx) => readProducers(ctx, { ...page, cursor: first.next ?? '' })))).toMatchObject({ code: 'invalid' })
  expect(await failureOf((await asMember(harbor)).run((ctx) => readProducers(ctx, page)))).toMatchObject({ code: 'role_required' })
})

test('a question of release stands in both ends’ lists, each with the other’s name, and in nobody else’s', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const { linkId, browser } = await newLinked(harbor)
  const { id } = await browser.run((ctx) => askRelease(ctx, linkId, { reason: 'Moving away' }))
  await drained(harbor.id)
  const admin = await asAdmin(harbor)
  expect(await admin.run(listReleases)).toMatchObject({ releases: [{ id, side: 'fmo', other: 'Maria Alvarez', askedBy: 'producer' }] })
  expect(await browser.run(listReleases)).toMatchObject({ releases: [{ id, side: 'producer', other: 'Harbor FMO' }] })
  expect(await browser.run((ctx) => readRelease(ctx, id))).toMatchObject({ reason: 'Moving away', linkId })
  const stranger = await asOwner(anchor)
  expect(await stranger.run(listReleases)).toEqual({ releases: [] })
  expect(await failureOf(stranger.run((ctx) => readRelease(ctx, id)))).toMatchObject({ code: 'not_found' })
})

test('the pages that ask first say of whom, and are closed to whoever may not', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const { linkId, browser } = await newLinked(harbor)
  const { id } = await harbor.asJob((ctx) => issueCredential(ctx, linkId, { kind: 'writing_number', label: 'Summit', value: 'SM-99120', password: '' }))
  await drained(harbor.id)
  expect(await browser.run((ctx) => readAsking(ctx, linkId))).toMatchObject({ side: 'producer', other: 'Harbor FMO', days: 14 })
  expect(await (await asAdmin(harbor)).run((ctx) => readAsking(ctx, linkId))).toMatchObject({ side: 'fmo', other: 'Maria Alvarez' })
  expect(await browser.run((ctx) => readCredential(ctx, id))).toMatchObject({ label: 'Summit', state: 'waiting' })
  expect(await (await asAdmin(harbor)).run(readInvitingProducers)).toEqual({ days: 7 })
  const stranger = await asOwner(anchor)
  expect(await failureOf(stranger.run((ctx) => readAsking(ctx, linkId)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf(stranger.run((ctx) => readCredential(ctx, id)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf(browser.run(readInvitingProducers))).toMatchObject({ code: 'not_found' })
})
