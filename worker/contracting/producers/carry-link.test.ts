import { expect, test } from 'vitest'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { copiedTo, inTenant, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { answerRelease } from './answer-release.ts'
import { askRelease } from './ask-release.ts'
import { beginLink } from './begin-link.ts'
import { carryLink } from './carry-link.ts'
import { endLapsedLinks } from './end-lapsed-links.ts'
import { inviteProducer } from './invite-producer.ts'
import { issueCredential } from './issue-credential.ts'
import { credentialAt, noteCredential } from './note-credential.ts'
import { noteRelease, releaseAt } from './note-release.ts'
import { readFmo } from './read-fmo.ts'
import { readProducer } from './read-producer.ts'
import { revokeCredential } from './revoke-credential.ts'

test('a link reaches the producer’s end once, however often and however many at once follow it', async () => {
  const fmo = await newFmo()
  const { linkId, producerId } = await newLinked(fmo)
  const parts = await testParts()
  await Promise.all([1, 2, 3].map(() => carryLink(parts, fmo.id, linkId)))
  expect(await entriesOf(producerId, 'contracting.fmo.linked')).toHaveLength(1)
  await carryLink(parts, producerId, linkId) // the producer’s end is no FMO’s
  expect(await entriesOf(producerId, 'contracting.fmo.linked')).toHaveLength(1)
})

test('a link is begun with an open invitation of that very tenant and nothing else', async () => {
  const [harbor, anchor, producer] = [await newFmo(), await newFmo('Anchor FMO'), await newTenant({ kind: 'producer' })]
  const contact = { name: 'Maria', email: 'maria@people.test' }
  const { id } = await harbor.asJob((ctx) => inviteProducer(ctx, contact))
  const begin = (fmo: typeof harbor) => fmo.asJob((ctx) => beginLink(ctx, { invitationId: id, contact, producerId: producer.id }))
  expect(await failureOf(begin(anchor))).toMatchObject({ code: 'conflict', state: 'invitation_used' })
  expect((await bindings.KEYS.list({ prefix: `salts/${anchor.id}/link/` })).objects).toEqual([])
  expect(await failureOf(begin(harbor))).toBeNull()
})

test('an older look at a release or a credential undoes nothing at the producer’s end', async () => {
  const fmo = await newFmo()
  const { linkId, producerId, browser } = await newLinked(fmo)
  const { id: releaseId } = await browser.run((ctx) => askRelease(ctx, linkId, { reason: 'Moving away' }))
  const { id: credentialId } = await fmo.asJob((ctx) => issueCredential(ctx, linkId, { kind: 'writing_number', label: 'Summit', value: 'SM-4455', password: '' }))
  const [asked, given] = await fmo.asJob(async (ctx) => [await releaseAt(ctx, releaseId), await credentialAt(ctx, credentialId)] as const)
  await fmo.asJob((ctx) => revokeCredential(ctx, credentialId))
  await fmo.asJob((ctx) => answerRelease(ctx, releaseId, { verdict: 'declined', answer: '' }))
  await drained(fmo.id)
  await inTenant(producerId, async (ctx) => {
    await noteRelease(ctx, fmo.id, asked!)
    await noteCredential(ctx, fmo.id, given!)
  })
  expect(await browser.run((ctx) => readFmo(ctx, linkId))).toMatchObject({ releases: [{ state: 'declined' }], credentials: [{ state: 'revoked' }] })
  expect((await entriesOf(producerId, 'contracting.release.noted')).map(({ meta }) => meta['state'])).toEqual(['requested', 'declined'])
})

test('a tenant that is destroyed is linked to nobody: the FMO’s copy goes with its producer, other FMOs’ producers stay', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const [gone, stays] = [await newLinked(harbor), await newLinked(harbor, await newInvitee('Noor Aziz'))]
  const elsewhere = await newLinked(anchor, stays.person)
  for (const linked of [gone, stays]) await copiedTo(harbor, linked)
  const { reach, now } = await testParts()
  const event = { v: 1, id: 'evt_x', tenant: 'platform', name: 'core.tenant.destroyed', actor: { kind: 'system', id: 'test', role: null }, at: now, meta: {}, personal: null } as const
  for (const subject of [gone.producerId, gone.producerId, anchor.id]) await endLapsedLinks(reach, 'platform', { ...event, subject }, now)
  await drained(harbor.id)
  expect(await failureOf(harbor.asJob((ctx) => readProducer(ctx, gone.linkId)))).toMatchObject({ code: 'not_found' })
  expect((await harbor.asJob((ctx) => readProducer(ctx, stays.linkId))).producer.passport).not.toBeNull()
  expect((await bindings.KEYS.list({ prefix: `salts/${harbor.id}/link/` })).objects.map(({ key }) => key.slice(-26))).toEqual([stays.linkId.slice(-26)])
  expect(await stays.browser.run((ctx) => readFmo(ctx, elsewhere.linkId))).toMatchObject({ fmo: { state: 'ended' } })
  expect(await entriesOf(harbor.id, 'contracting.copy.destroyed')).toHaveLength(1)
})
