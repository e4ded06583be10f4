import { expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { type Person, personOf, recorded } from '../../../tests/support/person-scene.ts'
import { failureOf } from '../../../tests/support/scene.ts'
import type { PresetName } from '../tenancy/contract.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { listMembers } from '../tenancy/list-members.ts'
import { readHome } from '../tenancy/read-home.ts'
import { readPolicy } from '../tenancy/read-policy.ts'
import { disableTotp } from './disable-totp.ts'
import { listFactors } from './list-factors.ts'
import { removePasskey } from './remove-passkey.ts'

/** Asks for two-factor sign-in of everyone, as this person. */
async function requireMfa(person: Person) {
  const { version } = await person.browser.run(readPolicy, person.now)
  return changePolicyOf(person, version)
}
const changePolicyOf = (person: Person, version: number) => person.browser.run((ctx) => changePolicy(ctx, { version, values: { 'mfa.mode': 'required' } }), person.now)

async function scene(preset: PresetName): Promise<{ tenant: TestTenant; owner: Person; admin: Person; member: Person }> {
  const tenant = await newTenant({ preset })
  return { tenant, owner: await personOf(tenant, 'owner'), admin: await personOf(tenant, 'admin'), member: await personOf(tenant, 'member') }
}

test('[CLN-54] an admin requires a second factor of everyone: whoever has none reaches its own factors and nothing else until one is on', async () => {
  const { admin, member } = await scene('cliniq')
  expect(await failureOf(member.browser.run(readHome, member.now))).toBeNull()
  await requireMfa(admin)
  expect(await failureOf(member.browser.run(readHome, member.now))).toEqual({ code: 'mfa_enrolment_required' })
  expect(await failureOf(member.browser.run((ctx) => listMembers(ctx, { limit: 1 }), member.now))).toEqual({ code: 'mfa_enrolment_required' })
  expect(await member.run(listFactors)).toMatchObject({ enrolled: false })
  await atTheDoor(member, 'closed')
  await member.enrolTotp()
  expect(await failureOf(member.browser.run(readHome, member.now))).toBeNull()
  await atTheDoor(member, 'open')
})

/** What its browser gets of pages and API: the way to its own factors and a 403 while it owes one, everything its role may once it does not. */
async function atTheDoor({ browser }: Person, state: 'closed' | 'open'): Promise<void> {
  for (const path of ['/', '/people', '/documents']) {
    const { status, headers } = await browser.page(path)
    expect([path, status, headers.get('Location')]).toEqual(state === 'closed' ? [path, 302, '/profile/security?required=1'] : [path, 200, null])
  }
  expect((await browser.page('/profile/security?required=1')).status).toBe(200)
  const answer = await browser.call('/api/v1/members')
  expect(answer.status).toBe(state === 'closed' ? 403 : 200)
  if (state === 'closed') expect(await answer.json()).toMatchObject({ code: 'mfa_enrolment_required' })
}

test('[SPO-31] where only owners may require it an admin is refused, and what the owner requires binds the admin too', async () => {
  const { owner, admin } = await scene('spartan')
  const { version } = await owner.browser.run(readPolicy, owner.now)
  expect(await failureOf(changePolicyOf(admin, version))).toMatchObject({ code: 'role_required' })
  await requireMfa(owner)
  expect(await failureOf(admin.browser.run(readHome, admin.now))).toEqual({ code: 'mfa_enrolment_required' })
  await atTheDoor(admin, 'closed')
  await admin.enrolTotp()
  expect(await failureOf(admin.browser.run(readHome, admin.now))).toBeNull()
  await atTheDoor(admin, 'open')
})

test('what one tenant requires leaves another alone', async () => {
  const [strict, other] = [await scene('combined'), await scene('combined')]
  await requireMfa(strict.owner)
  expect(await failureOf(strict.member.browser.run(readHome, strict.member.now))).toEqual({ code: 'mfa_enrolment_required' })
  expect(await failureOf(other.member.browser.run(readHome, other.member.now))).toBeNull()
})

test('the last factor cannot be taken off while a tenant requires one', async () => {
  const { owner, member } = await scene('combined')
  await owner.enrolTotp()
  await requireMfa(owner)
  await member.enrolTotp()
  await member.browser.run(readHome, member.now)
  expect(await failureOf(member.run(disableTotp))).toMatchObject({ code: 'conflict', state: 'mfa_required' })
  await member.addPasskey()
  await member.confirmed(disableTotp)
  member.secret = ''
  const [passkey] = (await member.run(listFactors)).passkeys
  expect(await failureOf(member.run((ctx) => removePasskey(ctx, passkey?.id ?? '')))).toMatchObject({ code: 'conflict', state: 'mfa_required' })
  expect((await recorded(member)).filter((name) => name === 'core.factor.disabled')).toHaveLength(1)
})
