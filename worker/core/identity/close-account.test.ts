import { expect, test } from 'vitest'
import { freshIp, mailsTo, PASSWORD, personWithPassword, visitAt, type Person } from '../../../tests/support/account-scene.ts'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, asStranger, bindings, drained, entriesOf, failureOf, reachNow, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { listAuditEntries } from '../audit/list-audit-entries.ts'
import { openAuditEntry } from '../audit/open-audit-entry.ts'
import { PLATFORM } from '../reach.ts'
import { changeRole } from '../tenancy/change-role.ts'
import { closeTenant } from '../tenancy/close-tenant.ts'
import { listMembers } from '../tenancy/list-members.ts'
import { transferOwnership } from '../tenancy/transfer-ownership.ts'
import { saltsOf } from '../vault/salts.ts'
import { closeAccount, finishClosing, readHolding } from './close-account.ts'
import { signIn } from './sign-in.ts'

/** A person with a password, a name nobody else has, and a seat in each of these tenants. */
async function seated(role: 'admin' | 'member', ...tenants: TestTenant[]): Promise<Person> {
  const person = await personWithPassword({ name: 'Canary Closing' })
  for (const tenant of tenants) await tenant.newSomeone(role, person)
  return person
}

/** The first press is asked for a proof, the person gives it, the second press closes. */
async function close(browser: Browser, email: string): Promise<void> {
  const refused = await failureOf(browser.runAsAccount((account) => closeAccount(account, email)))
  if (refused?.code !== 'step_up_required' || refused.mode !== 'exact' || !refused.ticket) throw new Error(`expected to be asked for a proof, got ${refused?.code ?? 'an answer'}`)
  await browser.confirm(refused.ticket)
  await browser.runAsAccount((account) => closeAccount(account, email))
}

const rows = (table: string, column: string, value: string) => bindings.DIRECTORY.prepare(`select count(*) as n from ${table} where ${column} = ?`).bind(value).first<number>('n')
const names = async (tenant: TestTenant) => tenant.asJob(async (ctx) => JSON.stringify(await listMembers(ctx, { limit: 25 })))

test('an account closes whole: seats, sessions, password, outside identities, name and address are gone, and a neighbour has everything', async () => {
  const [one, two] = [await newTenant(), await newTenant()]
  const [person, other] = [await seated('member', one, two), await seated('member', one)]
  const [browser, second, neighbour] = [await signedIn(person, one.id), await signedIn(person, two.id), await signedIn(other, one.id)]
  for (const { accountId } of [person, other]) await bindings.DIRECTORY.prepare('insert into oidc_identities values (?, ?, ?, 1)').bind('https://idp.example', accountId, accountId).run()
  await close(browser, person.email)
  await drained(PLATFORM)
  await Promise.all([drained(one.id), drained(two.id)])

  for (const gone of [browser, second]) expect(await failureOf(gone.runAsAccount(async () => undefined))).toMatchObject({ code: 'unauthenticated' })
  const { guards, keyring } = await reachNow()
  const guard = guards.of(person.accountId)
  expect(await guard.recall()).toMatchObject({ seats: [], contact: null, mfaEnrolled: false })
  expect(await guard.passwordForCheck({ now: 1, browser: null, device: 'x' })).toMatchObject({ hash: null, mustReset: true })
  for (const [table, column] of [['accounts', 'id'], ['account_tenants', 'account_id'], ['oidc_identities', 'account_id']] as const) {
    expect([table, await rows(table, column, person.accountId)]).toEqual([table, 0])
    expect([table, await rows(table, column, other.accountId)]).toEqual([table, 1])
  }
  expect(await saltsOf(keyring.bucket, { tenant: PLATFORM, kind: 'person', id: `${person.accountId}.` })).toEqual([])
  for (const tenant of [one, two]) expect((await names(tenant)).includes(person.accountId)).toBe(false)
  expect(await neighbour.run((ctx) => listMembers(ctx, { limit: 25 }))).toMatchObject({ members: expect.arrayContaining([expect.objectContaining({ name: 'Canary Closing' })]) })
  expect(await mailsTo(person.email)).toMatchObject([{ template: 'account_closed' }])
})

test('the logs say what happened: who left in each tenant, who closed in the deployment’s own', async () => {
  const tenant = await newTenant()
  const person = await seated('member', tenant)
  await close(await signedIn(person, tenant.id), person.email)
  await (await reachNow()).guards.of(person.accountId).recall()
  expect(await entriesOf(tenant.id, 'core.member.left')).toMatchObject([{ actor: { kind: 'member', id: person.accountId } }])
  await expect.poll(async () => (await entriesOf(PLATFORM, 'core.account.closed')).map(({ subject }) => subject)).toContain(person.accountId)
  expect(await entriesOf(PLATFORM, 'core.account.forgotten')).toContainEqual(expect.objectContaining({ subject: person.accountId }))
})

test('from where the person acted is destroyed in the tenant’s log, the entry stays, and the owner’s opens as before', async () => {
  const tenant = await newTenant()
  const person = await seated('admin', tenant)
  const target = await tenant.newSomeone('viewer')
  const [browser, owner] = [await signedIn(person, tenant.id), await asOwner(tenant)]
  await browser.run((ctx) => changeRole(ctx, { memberId: target.memberId, role: 'member' }))
  await owner.run((ctx) => changeRole(ctx, { memberId: target.memberId, role: 'viewer' }))
  await drained(tenant.id)
  await close(browser, person.email)
  await drained(tenant.id)
  const { entries } = await owner.run((ctx) => listAuditEntries(ctx, { event: 'core.member.role_changed' }, null, 9))
  const by = (accountId: string) => entries.find(({ actor }) => actor.id === accountId)?.n ?? -1
  expect(await failureOf(owner.run((ctx) => openAuditEntry(ctx, by(person.accountId))))).toMatchObject({ code: 'gone' })
  expect(await owner.run((ctx) => openAuditEntry(ctx, by(tenant.owner.accountId)))).toMatchObject({ ip: '203.0.113.7' })
})

test('nobody closes while owning a tenant: it is named, and nothing changed; once ownership is handed over it closes', async () => {
  const tenant = await newTenant({ name: 'Quayside Agency' })
  const owner = await asOwner(tenant)
  const { email, accountId } = tenant.owner
  expect(await failureOf(owner.runAsAccount((account) => closeAccount(account, email)))).toMatchObject({ code: 'conflict', state: 'owner', detail: expect.stringContaining('Quayside Agency') })
  expect(await owner.runAsAccount(readHolding)).toEqual({ owned: ['Quayside Agency'], closing: [] })
  expect(await rows('accounts', 'id', accountId)).toBe(1)
  const admin = await tenant.someone('admin')
  await owner.runConfirmed((ctx) => transferOwnership(ctx, admin.memberId))
  await drained(tenant.id)
  await close(owner, email)
  expect(await rows('accounts', 'id', accountId)).toBe(0)
})

test('a tenant that stands closed can be called back with everybody’s seat, so its people wait', async () => {
  const tenant = await newTenant({ name: 'Closing Quay' })
  const person = await seated('member', tenant)
  await (await asOwner(tenant)).runConfirmed((ctx) => closeTenant(ctx, tenant.name))
  await drained(tenant.id)
  const browser = await signedIn(person, null)
  expect(await failureOf(browser.runAsAccount((account) => closeAccount(account, person.email)))).toMatchObject({ code: 'conflict', state: 'closing', detail: expect.stringContaining('Closing Quay') })
})

test('another address, or no proof of this very act, closes nothing', async () => {
  const [person, other] = [await personWithPassword(), await personWithPassword()]
  const browser = await signedIn(person, null)
  expect(await failureOf(browser.runAsAccount((account) => closeAccount(account, other.email)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/email' }] })
  for (let presses = 0; presses < 2; presses += 1) expect(await failureOf(browser.runAsAccount((account) => closeAccount(account, person.email)))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  expect(await rows('accounts', 'id', person.accountId)).toBe(1)
})

test('a closed account is to the sign-in what an address is that nobody ever had', async () => {
  const person = await personWithPassword()
  await close(await signedIn(person, null), person.email)
  const tries = async (email: string) => failureOf(signIn(await visitAt({ ip: freshIp() }), { email, password: PASSWORD }, 'browser'))
  expect(await tries(person.email)).toEqual(await tries('nobody.ever@people.test'))
})

test('a closing that was cut off after the guard had let go is finished by the follower of its event, once', async () => {
  const person = await personWithPassword()
  const reach = await reachNow()
  const now = (await visitAt()).now
  await reach.guards.of(person.accountId).close({ now, events: [] })
  const body = { v: 1, id: 'evt', tenant: PLATFORM, name: 'core.account.closed', subject: person.accountId, actor: { kind: 'account', id: person.accountId, role: null }, at: now, meta: {}, personal: null } as const
  for (let times = 0; times < 2; times += 1) await finishClosing(reach, PLATFORM, body, now)
  expect(await rows('accounts', 'id', person.accountId)).toBe(0)
  expect(await mailsTo(person.email)).toHaveLength(1)
})

test('the page works without scripts: the address, the proof, the second press, and the browser is signed out', async () => {
  const person = await personWithPassword()
  const browser = await signedIn(person, null)
  const asked = await browser.call('/profile/close', { form: { email: person.email } })
  const ticket = /ticket=([a-z0-9_]+)/.exec(asked.headers.get('Location') ?? '')?.[1] ?? ''
  expect(asked.headers.get('Location')).toContain('/step-up?then=')
  await browser.confirm(ticket)
  const done = await browser.call('/profile/close', { form: { email: person.email } })
  expect([done.status, done.headers.get('Location')]).toEqual([302, '/sign-in'])
  expect((await browser.page('/profile')).headers.get('Location')).toContain('/sign-in')
  expect((await asStranger().page('/profile/close')).headers.get('Location')).toContain('/sign-in')
})
