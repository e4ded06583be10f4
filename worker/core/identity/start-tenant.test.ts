import { expect, test } from 'vitest'
import { mailsTo, personWithPassword, tokenTo, visitAt } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { failureOf, reachNow, replaced, signedIn } from '../../../tests/support/scene.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { confirmSignUp, readSignUp } from './confirm-sign-up.ts'
import { inviteOwner, isOperator } from './invite-owner.ts'
import { startTenant } from './start-tenant.ts'
import { tenantsOf } from './store.ts'

const wanted = { name: 'Second Start', kind: 'agency', preset: 'combined' } as const
const withEnv = (account: AccountCtx, more: Record<string, string>): AccountCtx => ({ ...account, reach: replaced(account.reach, 'env', { ...account.reach.env, ...more }) })

test('a person without a tenant opens one and owns it; a person in one does not', async () => {
  const person = await personWithPassword()
  const mine = await signedIn(person, null)
  const id = await mine.runAsAccount((account) => startTenant(account, wanted))
  expect((await (await reachNow()).guards.of(person.accountId).recall()).seats).toMatchObject([{ tenantId: id, role: 'owner', name: 'Second Start' }])
  expect(await failureOf(mine.runAsAccount((account) => startTenant(account, wanted)))).toMatchObject({ code: 'conflict', state: 'has_tenant' })
})

test('a tenant whose making was cut off does not keep its owner out: asking again completes that very one', async () => {
  const [person, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, theirs] = [await signedIn(person, null), await signedIn(other, null)]
  const down = { put: () => Promise.reject(new Fault({ code: 'unavailable', reason: 'the bucket of keys is away' })) } as unknown as R2Bucket // `as`: the one call that is made of it
  const cutOff = (account: AccountCtx): AccountCtx => ({ ...account, reach: replaced(account.reach, 'keyring', replaced(account.reach.keyring, 'bucket', down)) })
  expect(await failureOf(mine.runAsAccount((account) => startTenant(cutOff(account), wanted)))).toMatchObject({ code: 'unavailable' })
  const { directory } = await reachNow()
  const begun = await directory.read(tenantsOf(directory, person.accountId))
  expect(begun).toHaveLength(1)
  expect([await mine.runAsAccount((account) => startTenant(account, wanted))]).toEqual(begun)
  expect(begun).not.toContain(await theirs.runAsAccount((account) => startTenant(account, wanted)))
})

test('where operators make tenants nobody opens one', async () => {
  const mine = await signedIn(await personWithPassword(), null)
  expect(await failureOf(mine.runAsAccount((account) => startTenant(withEnv(account, { SIGN_UP: 'operator' }), wanted)))).toMatchObject({ code: 'role_required' })
})

test('a preset whose tenants an operator makes is nobody’s to open from here either (X-60)', async () => {
  const mine = await signedIn(await personWithPassword(), null)
  for (const preset of ['contractiq', 'callintel'] as const) expect(await failureOf(mine.runAsAccount((account) => startTenant(account, { ...wanted, preset })))).toMatchObject({ code: 'role_required' })
})

test('an operator invites an owner, who chooses its own password when it confirms', async () => {
  const operator = await personWithPassword()
  const now = await testClock()
  const email = `owner.${crypto.randomUUID()}@people.test`
  const input = { email, name: 'Olaf Owner', tenantName: 'Made For Olaf', kind: 'fmo', preset: 'contractiq' } as const
  const mine = await signedIn(operator, null)
  const invite = (more: { operators: string; mfaAt: number | null }) =>
    mine.runAsAccount((account) => inviteOwner({ ...withEnv(account, { OPERATORS: more.operators }), session: { ...account.session, mfaAt: more.mfaAt } }, input))
  expect(await failureOf(invite({ operators: 'somebody@else.test', mfaAt: now }))).toMatchObject({ code: 'forbidden' })
  expect(await failureOf(invite({ operators: operator.email, mfaAt: null }))).toMatchObject({ code: 'mfa_enrolment_required' })
  expect(await mailsTo(email)).toEqual([])
  await invite({ operators: `a@b.test, ${operator.email.toUpperCase()}`, mfaAt: now })
  const token = await tokenTo(email, 'sign_up_confirm')
  expect(await readSignUp(await visitAt(), token)).toMatchObject({ needsPassword: true, tenantName: 'Made For Olaf' })
  expect(await failureOf(confirmSignUp(await visitAt(), { token, password: null }, 'b'))).toMatchObject({ code: 'invalid' })
  const { accountId } = await confirmSignUp(await visitAt(), { token, password: 'amber kettle by the canal' }, 'b')
  expect((await (await reachNow()).guards.of(accountId).recall()).seats).toMatchObject([{ preset: 'contractiq', role: 'owner' }])
})

test('an operator invites nobody who has an account', async () => {
  const [operator, known] = [await personWithPassword(), await personWithPassword()]
  const tenant = await newTenant({ owner: known })
  const mine = await signedIn(operator, null)
  const input = { email: known.email, name: 'Known', tenantName: 'X', kind: 'fmo', preset: 'contractiq' } as const
  expect(await failureOf(mine.runAsAccount(async (account) => inviteOwner({ ...withEnv(account, { OPERATORS: operator.email }), session: { ...account.session, mfaAt: account.now } }, input)))).toMatchObject({ code: 'invalid' })
  expect((await (await reachNow()).guards.of(known.accountId).recall()).seats.map(({ tenantId }) => tenantId)).toEqual([tenant.id])
})

test('an operator is one whose whole address stands in the list', () => {
  expect(isOperator('ops@firm.test, boss@firm.test', 'Boss@Firm.test')).toBe(true)
  for (const [list, email] of [[undefined, 'a@b.c'], ['', ''], ['ops@firm.test', 'ops@firm.tes'], ['ops@firm.test', 'xops@firm.test']] as const) expect(isOperator(list, email)).toBe(false)
})
