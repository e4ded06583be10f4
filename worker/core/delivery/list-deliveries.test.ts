import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, bindings, drained, failureOf } from '../../../tests/support/scene.ts'
import { newIsolate, reachOf } from '../reach.ts'
import { inviteMember } from '../tenancy/invite-member.ts'
import { invitationMail } from '../tenancy/mail-invitation.ts'
import { revokeInvitation } from '../tenancy/revoke-invitation.ts'
import { deliverDue } from './deliver-due.ts'
import { listDeliveries } from './list-deliveries.ts'
import { defineMail, type MailTemplate } from './mail.ts'
import { deliveryQueued } from './module.ts'
import { queueMail } from './queue-mail.ts'
import { replayDelivery } from './replay-delivery.ts'

const note = defineMail({ name: 'test.note', says: 'A note', scope: 'tenant', params: z.object({}), write: () => ({ subject: 'canary words', lines: ['canary words'], why: 'w' }) })
const mails: readonly MailTemplate[] = [note, invitationMail]

afterEach(() => vi.restoreAllMocks())

const provider = (status: number) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ id: 'x' }, { status }))

async function deliver(tenant: TestTenant): Promise<number> {
  const env = { ...bindings, MAIL_PROVIDER: 'resend' as const, MAIL_FROM: 'x <x@countersign.test>', RESEND_API_KEY: 're_test' }
  return deliverDue({ ...(await testParts()), reach: await reachOf(env, newIsolate()) }, tenant.id, { mails, hooks: [] })
}

const queue = (tenant: TestTenant, to: string) => tenant.asJob(async (ctx) => ctx.commit([await queueMail(ctx, note, { to, params: {} })], deliveryQueued(ctx.tenant.id, { template: note.name, about: ctx.tenant.id })))
const listed = (browser: Awaited<ReturnType<typeof asAdmin>>, state?: 'dead' | 'sent') => browser.run((ctx) => listDeliveries(ctx, mails, { state }, { limit: 50 }))

test('an admin sees what the tenant sends and nothing of another’s; a member sees nothing', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  await queue(tenant, 'ravi@harbor.example')
  await queue(elsewhere, 'jonas@anchor.example')
  const admin = await asAdmin(tenant)
  const view = await listed(admin)
  expect(view.deliveries.map(({ to, says, state }) => [to, says, state])).toEqual([['ravi@harbor.example', 'A note', 'queued']])
  expect(view).toMatchObject({ counts: { queued: 1, sent: 0, dead: 0, dropped: 0 }, mayReplay: true })
  expect(view.days).toHaveLength(14)
  expect(view.days.map(({ queued, sent }) => queued + sent)).toEqual([...Array<number>(13).fill(0), 1])
  expect(JSON.stringify(view)).not.toContain('canary')
  expect(await failureOf(listed(await asMember(tenant)))).toMatchObject({ code: 'role_required' })
})

test('an invitation’s mail stands in its tenant’s list, its link nowhere, and a revoked one is not sent', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const sent = provider(200)
  await owner.run((ctx) => inviteMember(ctx, { name: 'Ravi Menon', email: 'ravi@harbor.example', role: 'member' }))
  const second = await owner.run((ctx) => inviteMember(ctx, { name: 'Grace Liu', email: 'grace@harbor.example', role: 'member' }))
  await drained(tenant.id)
  await drained(tenant.id)
  await owner.run((ctx) => revokeInvitation(ctx, second.id))
  await deliver(tenant)
  const view = await listed(owner)
  expect(view.deliveries.map(({ to, state }) => [to, state]).sort()).toEqual([['grace@harbor.example', 'dropped'], ['ravi@harbor.example', 'sent']])
  expect(sent).toHaveBeenCalledTimes(1)
  const body = JSON.parse(String(sent.mock.calls[0]?.[1]?.body)) as { text: string }
  const link = /\/invitation\/(\S+)/.exec(body.text)?.[1] ?? ''
  expect(link).toMatch(/^cs_inv_/)
  expect(JSON.stringify(view)).not.toContain(link)
})

test('a dead letter is sent again by who may, once, and is the same message', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const [admin, member, stranger] = [await asAdmin(tenant), await asMember(tenant), await asAdmin(elsewhere)]
  provider(422)
  await queue(tenant, 'refused@harbor.example')
  await deliver(tenant)
  const [dead] = (await listed(admin, 'dead')).deliveries
  expect(dead).toMatchObject({ state: 'dead', problem: 'The provider refused the message. Is the address right?', nextAt: null })
  const again = (ctx: Parameters<typeof replayDelivery>[0]) => replayDelivery(ctx, dead!.id)
  expect(await failureOf(member.run(again))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(stranger.run(again))).toEqual({ code: 'not_found' })

  const accepted = provider(200)
  expect((await Promise.all([failureOf(admin.run(again)), failureOf(admin.run(again))])).filter((failure) => failure === null)).toHaveLength(1)
  await deliver(tenant)
  expect((await listed(admin)).deliveries).toMatchObject([{ id: dead!.id, state: 'sent', attempts: 1, problem: null }])
  expect(new Headers(accepted.mock.calls[0]?.[1]?.headers).get('Idempotency-Key')).toBe(`countersign/${dead!.id}`)
  expect(await failureOf(admin.run(again))).toMatchObject({ code: 'conflict', state: 'delivery_sent' })
})

test('the list is walked page by page, and a cursor fits its own state only', async () => {
  const tenant = await newTenant()
  const admin = await asAdmin(tenant)
  for (const to of ['a@x.example', 'b@x.example', 'c@x.example']) await queue(tenant, to)
  const first = await admin.run((ctx) => listDeliveries(ctx, mails, {}, { limit: 2 }))
  const rest = await admin.run((ctx) => listDeliveries(ctx, mails, {}, { limit: 2, cursor: first.next ?? '' }))
  expect([...first.deliveries, ...rest.deliveries].map(({ to }) => to).sort()).toEqual(['a@x.example', 'b@x.example', 'c@x.example'])
  expect(rest.next).toBeNull()
  expect(await failureOf(admin.run((ctx) => listDeliveries(ctx, mails, { state: 'dead' }, { limit: 2, cursor: first.next ?? '' })))).toMatchObject({ code: 'invalid' })
})
