import { expect, test } from 'vitest'
import { newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { holding, stored } from '../../../tests/support/stored.ts'
import { mintProducerInvitation } from './invitation-token.ts'
import { invitedProducer, inviteProducer } from './invite-producer.ts'
import { listProducerInvitations } from './list-producer-invitations.ts'
import { readProducerInvitation } from './read-producer-invitation.ts'
import { revokeProducerInvitation } from './revoke-producer-invitation.ts'

const maria = { name: 'Maria Quillfeather', email: 'maria.quillfeather@people.test' }

test('[CIQ-14] an admin invites a producer: it stands in the list, a mail is queued once, and neither name nor address lies anywhere in clear', async () => {
  const begun = Date.now()
  const [fmo, other] = [await newFmo(), await newFmo('Anchor FMO')]
  const admin = await asAdmin(fmo)
  const invitation = await admin.run((ctx) => inviteProducer(ctx, maria))
  expect(invitation).toMatchObject({ ...maria, state: 'open', linkId: null })
  await drained(fmo.id)
  await drained(fmo.id)
  const shard = bindings[fmo.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  expect((await shard.prepare("SELECT count(*) AS n FROM deliveries WHERE tenant_id = ? AND template = 'contracting.producer_invitation'").bind(fmo.id).first<{ n: number }>())?.n).toBe(1)
  expect(holding(await stored({ since: begun }), ['Quillfeather', 'maria.quillfeather'])).toEqual([])
  expect((await admin.run((ctx) => listProducerInvitations(ctx, { limit: 10 }))).invitations).toMatchObject([{ id: invitation.id, ...maria }])
  expect(await entriesOf(fmo.id, 'contracting.invitation.sent')).toMatchObject([{ subject: invitation.id, actor: { role: 'admin' } }])
  expect((await (await asAdmin(other)).run((ctx) => listProducerInvitations(ctx, { limit: 10 }))).invitations).toEqual([])
  expect(await failureOf((await asAdmin(other)).run((ctx) => invitedProducer(ctx, invitation.id)))).toMatchObject({ code: 'not_found' })
})

test('a member, an admin whose proof is old, and a producer’s own tenant invite nobody', async () => {
  const fmo = await newFmo()
  expect(await failureOf((await asMember(fmo)).run((ctx) => inviteProducer(ctx, maria)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asAdmin(fmo, { proven: false })).run((ctx) => inviteProducer(ctx, maria)))).toMatchObject({ code: 'step_up_required' })
  const { browser } = await newLinked(fmo)
  expect(await failureOf(browser.run((ctx) => inviteProducer(ctx, maria)))).toMatchObject({ code: 'not_found' })
})

test('one address has one open invitation in a tenant, however it is spelled; another FMO may invite it too', async () => {
  const [fmo, other] = [await newFmo(), await newTenant({ kind: 'agency' })]
  const admin = await asAdmin(fmo)
  await admin.run((ctx) => inviteProducer(ctx, maria))
  expect(await failureOf(admin.run((ctx) => inviteProducer(ctx, { ...maria, email: maria.email.toUpperCase() })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/email' }] })
  expect(await failureOf((await asOwner(other)).run((ctx) => inviteProducer(ctx, maria)))).toBeNull()
})

test('what was taken back opens nothing, and another tenant takes nothing back', async () => {
  const [fmo, other] = [await newFmo(), await newFmo('Anchor FMO')]
  const admin = await asAdmin(fmo)
  const { id } = await admin.run((ctx) => inviteProducer(ctx, maria))
  const token = await fmo.asJob((ctx) => mintProducerInvitation(ctx.vault, id))
  const { browser } = await newInvitee()
  expect(await browser.runAsAccount((account) => readProducerInvitation(account, token))).toMatchObject({ tenantName: 'Harbor FMO', ...maria })
  expect(await failureOf((await asAdmin(other)).run((ctx) => revokeProducerInvitation(ctx, id)))).toMatchObject({ code: 'not_found' })
  await admin.run((ctx) => revokeProducerInvitation(ctx, id))
  expect(await failureOf(admin.run((ctx) => revokeProducerInvitation(ctx, id)))).toMatchObject({ code: 'conflict', state: 'invitation_not_open' })
  expect(await failureOf(browser.runAsAccount((account) => readProducerInvitation(account, token)))).toMatchObject({ code: 'gone' })
  expect((await admin.run((ctx) => inviteProducer(ctx, maria))).id).not.toBe(id)
})

test('an invitation ends by itself, for good: a clock set back does not revive it', async () => {
  const fmo = await newFmo()
  const { id, expiresAt } = await (await asAdmin(fmo)).run((ctx) => inviteProducer(ctx, maria))
  const token = await fmo.asJob((ctx) => mintProducerInvitation(ctx.vault, id))
  const { browser } = await newInvitee()
  expect(await failureOf(browser.runAsAccount((account) => readProducerInvitation(account, token), expiresAt + 1))).toMatchObject({ code: 'gone' })
  expect(await failureOf(browser.runAsAccount((account) => readProducerInvitation(account, token), expiresAt - 1))).toMatchObject({ code: 'gone' })
})
