import { expect, test } from 'vitest'
import { newAccount, newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asOwner, drained, failureOf, reachNow, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { mintInvitation } from './invitation-token.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { readInvitation } from './read-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const DAY_MS = 86_400_000

async function invited(tenant: TestTenant, role: 'admin' | 'member' | 'viewer' = 'member', now = Date.now()): Promise<{ id: string; token: string }> {
  const admin = await asAdmin(tenant, { now })
  return admin.run(async (ctx) => {
    const { id } = await inviteMember(ctx, { email: `new-${ctx.newId('inv')}@people.test`, name: 'Nora New', role })
    return { id, token: await mintInvitation(ctx.vault, id) }
  }, now)
}

test('[IFD-19] whoever holds the mailed token becomes a member and can work in the tenant at once', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const { token } = await invited(tenant)
  const person = await newAccount('Nora New')
  const browser = await signedIn(person, null)
  expect(await browser.runAsAccount((account) => acceptInvitation(account, token))).toMatchObject({ tenantId: tenant.id })
  expect(await browser.run(async (ctx) => [ctx.tenant.id, ctx.actor.kind === 'member' && ctx.actor.role])).toEqual([tenant.id, 'member'])
  expect((await (await reachNow()).guards.of(person.accountId).recall()).seats.map((seat) => seat.tenantId)).not.toContain(other.id)
  const listed = async (browser: Browser) => ((await (await browser.call('/api/v1/members')).json()) as { members: { name: string; role: string }[] }).members.map(({ name, role }) => `${name}, ${role}`) // `as`: the route's own answer
  for (const reader of [await asOwner(tenant), browser]) expect(await listed(reader)).toContain('Nora New, member')
  expect(await listed(await asOwner(other))).not.toContain('Nora New, member')
})

test('an altered token is refused wherever it was altered, like one for a tenant that never was', async () => {
  const tenant = await newTenant()
  const { token } = await invited(tenant)
  const browser = await signedIn(await newAccount('Mallory'), null)
  const accept = (text: string) => failureOf(browser.runAsAccount((account) => acceptInvitation(account, text)))
  const places = [0, 12, 30, 45, 66, token.length - 1]
  for (const at of places) {
    const altered = `${token.slice(0, at)}${token[at] === '2' ? '3' : '2'}${token.slice(at + 1)}`
    expect(await accept(altered), `altered at ${at}`).toMatchObject({ code: 'malformed' })
  }
  const { token: foreign } = await invited(await newTenant())
  const mixed = token.replace(/inv_[0-9a-z]{26}/, /inv_[0-9a-z]{26}/.exec(foreign)![0])
  expect(await accept(mixed)).toMatchObject({ code: 'malformed' })
  expect(await accept(token)).toBeNull()
})

test('a token works once: the second use is told that it is gone', async () => {
  const { token } = await invited(await newTenant())
  const [first, second] = [await signedIn(await newAccount('One'), null), await signedIn(await newAccount('Two'), null)]
  expect(await failureOf(first.runAsAccount((account) => acceptInvitation(account, token)))).toBeNull()
  expect(await failureOf(second.runAsAccount((account) => acceptInvitation(account, token)))).toMatchObject({ code: 'gone' })
})

test('of 200 acceptances at once exactly one succeeds', async () => {
  const tenant = await newTenant()
  const { token } = await invited(tenant)
  const people = await Promise.all(Array.from({ length: 8 }, (_, n) => newAccount(`Racer ${n}`)))
  const browsers = await Promise.all(people.map((person) => signedIn(person, null)))
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, n) => failureOf(browsers[n % browsers.length]!.runAsAccount((account) => acceptInvitation(account, token)))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  for (const failure of outcomes) if (failure) expect(['gone', 'conflict', 'rate_limited']).toContain(failure.code)
  const rows = await (await reachNow()).shard(tenant.shard).prepare("select count(*) as n from members where tenant_id = ? and invited_by is not null").bind(tenant.id).first<{ n: number }>()
  expect(rows?.n).toBe(1)
})

test('past its lifetime an invitation is gone, and its row says expired', async () => {
  const tenant = await newTenant()
  const now = Date.now()
  const { id, token } = await invited(tenant, 'member', now)
  const later = now + 7 * DAY_MS
  const late = await newAccount('Late')
  await drained(tenant.id) // what is not sealed after seven days would stop every other write
  const browser = await signedIn(late, null, { now: later })
  expect(await failureOf(browser.runAsAccount((account) => acceptInvitation(account, token), later - 1))).toBeNull()
  const { token: other, id: otherId } = await invited(tenant, 'member', now)
  expect(await failureOf(browser.runAsAccount((account) => acceptInvitation(account, other), later))).toMatchObject({ code: 'gone' })
  const admin = await asAdmin(tenant, { now: later })
  const { invitations } = await admin.run((ctx) => listInvitations(ctx, { limit: 25 }), later)
  expect(invitations.find((each) => each.id === otherId)?.state).toBe('expired')
  expect(invitations.find((each) => each.id === id)?.state).toBe('accepted')
})

test('the role is the invitation’s, whatever the request says', async () => {
  const tenant = await newTenant()
  const { token } = await invited(tenant, 'viewer')
  const browser = await signedIn(await newAccount('Climber'), null)
  const forged = { token, role: 'owner' }
  await browser.runAsAccount((account) => acceptInvitation(account, forged.token))
  expect(await browser.run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('viewer')
})

test('an invitation that was taken back is gone, and reading one uses nothing up', async () => {
  const tenant = await newTenant()
  const { id, token } = await invited(tenant)
  const stranger = await signedIn(await newAccount('Reader'), null)
  const offer = await stranger.runAsAccount((account) => readInvitation(account, token))
  expect(offer).toMatchObject({ tenantName: tenant.name, role: 'member', name: 'Nora New' })
  await (await asOwner(tenant)).run((ctx) => revokeInvitation(ctx, id))
  expect(await failureOf(stranger.runAsAccount((account) => acceptInvitation(account, token)))).toMatchObject({ code: 'gone' })
})

test('a member cannot take up a second seat in the same tenant', async () => {
  const tenant = await newTenant()
  const { token } = await invited(tenant)
  const owner = await asOwner(tenant)
  expect(await failureOf(owner.runAsAccount((account) => acceptInvitation(account, token)))).toMatchObject({ code: 'conflict', state: 'member_already' })
})
