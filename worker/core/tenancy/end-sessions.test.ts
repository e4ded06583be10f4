import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, entriesOf, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { endSessions } from './end-sessions.ts'
import { listMembers } from './list-members.ts'

test('an owner signs everybody out of its tenant: no session of before opens anything there, a new one does, and the neighbour’s go on', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const now = Date.now()
  const [owner, member] = [await asOwner(tenant, { now: now - 1000 }), await asMember(tenant, { now: now - 1000 })]
  const neighbour = await asMember(other, { now: now - 1000 })
  const listed = (browser: typeof member) => failureOf(browser.run((ctx) => listMembers(ctx, { limit: 5 })))
  expect(await listed(member)).toBeNull()
  await owner.runConfirmed((ctx) => endSessions(ctx))
  expect([await listed(member), await listed(owner), await listed(neighbour)]).toEqual([{ code: 'unauthenticated' }, { code: 'unauthenticated' }, null])
  const again = await signedIn(await tenant.someone('member'), tenant.id, { now: Date.now() + 1000 })
  expect(await failureOf(again.run((ctx) => listMembers(ctx, { limit: 5 }), Date.now() + 2000))).toBeNull()
  expect(await entriesOf(tenant.id, 'core.tenant.sessions_ended')).toHaveLength(1)
})

test('a browser whose session the tenant takes no more is led to the sign-in and keeps no cookie that would lead it back', async () => {
  const tenant = await newTenant()
  const now = Date.now()
  const [owner, member] = [await asOwner(tenant, { now: now - 1000 }), await asMember(tenant, { now: now - 1000 })]
  await owner.runConfirmed((ctx) => endSessions(ctx))
  const answer = await member.page('/people')
  expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/sign-in?then=%2Fpeople'])
  expect(answer.headers.getSetCookie().some((line) => /^__Host-session=;.*Max-Age=0/.test(line))).toBe(true)
})

test('nobody but the owner, and not without a proof for this very act', async () => {
  const tenant = await newTenant()
  for (const browser of [await asAdmin(tenant), await asMember(tenant)]) expect(await failureOf(browser.run(endSessions))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(tenant)).run(endSessions))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
})
