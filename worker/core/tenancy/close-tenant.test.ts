import { expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, bindings, drained, entriesOf, failureOf, reachNow, replaced, signedIn, Browser } from '../../../tests/support/scene.ts'
import { storedIn } from '../../../tests/support/stored.ts'
import { issueApiKey } from '../api/issue-api-key.ts'
import { PLATFORM } from '../reach.ts'
import { rootVersions } from '../vault/keyring.ts'
import { createSalt, readSalt } from '../vault/salts.ts'
import { callOffClosing, listClosings } from './call-off-closing.ts'
import { closeTenant } from './close-tenant.ts'
import { destroyTenant } from './destroy-tenant.ts'
import { inviteMember } from './invite-member.ts'
import { listMembers } from './list-members.ts'
import { tenantTables } from './shard-tables.ts'

async function closed(tenant: TestTenant): Promise<{ owner: Browser; closesAt: number }> {
  const owner = await asOwner(tenant)
  const closesAt = await owner.runConfirmed((ctx) => closeTenant(ctx, tenant.name))
  await drained(tenant.id)
  return { owner, closesAt }
}

/** Rows that name the tenant, in every table of every database. */
async function traces(tenantId: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [name, d1] of [['DIRECTORY', bindings.DIRECTORY], ['SHARD_1', bindings.SHARD_1], ['SHARD_2', bindings.SHARD_2]] as const) {
    const tables = await d1.prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\' and name not like 'sqlite%'").all<{ name: string }>()
    for (const table of tables.results) {
      const columns = await d1.prepare(`select name from pragma_table_info('${table.name}')`).all<{ name: string }>()
      for (const column of columns.results) {
        const row = await d1.prepare(`select count(*) as n from "${table.name}" where "${column.name}" = ?`).bind(tenantId).first<{ n: number }>()
        if (row?.n) found[`${name}.${table.name}.${column.name}`] = row.n
      }
    }
  }
  return found
}

test('[IFD-70] only the owner closes a tenant, by typing its name, with a proof made for it', async () => {
  const tenant = await newTenant()
  for (const browser of [await asAdmin(tenant), await asMember(tenant)]) expect(await failureOf(browser.run((ctx) => closeTenant(ctx, tenant.name)))).toMatchObject({ code: 'role_required' })
  const owner = await asOwner(tenant)
  expect(await failureOf(owner.run((ctx) => closeTenant(ctx, 'something else')))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/name' }] })
  expect(await failureOf(owner.run((ctx) => closeTenant(ctx, tenant.name)))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
})

test('access ends at once, and comes back whole when the owner calls the closing off within the grace period', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  await member.run((ctx) => listMembers(ctx, { limit: 5 }))
  const { owner, closesAt } = await closed(tenant)
  for (const browser of [member, owner]) expect(await failureOf(browser.run((ctx) => listMembers(ctx, { limit: 5 })))).toMatchObject({ code: 'not_found' })
  expect(await owner.runAsAccount(listClosings)).toEqual([{ tenantId: tenant.id, name: tenant.name, closesAt }])
  expect(await member.runAsAccount(listClosings)).toEqual([])
  expect(await failureOf(member.runAsAccount((account) => callOffClosing(account, tenant.id)))).toMatchObject({ code: 'not_found' })

  const refused = await failureOf(owner.runAsAccount((account) => callOffClosing(account, tenant.id)))
  await owner.confirm(refused?.code === 'step_up_required' ? (refused.ticket ?? '') : '')
  await owner.runAsAccount((account) => callOffClosing(account, tenant.id))
  expect((await member.run((ctx) => listMembers(ctx, { limit: 5 }))).members).toHaveLength(2)
  expect(await entriesOf(tenant.id, 'core.tenant')).toMatchObject([{}, { meta: { days: 7 } }, { actor: { role: 'owner' } }])
  expect(await destroyTenant(await testParts(closesAt + 1), tenant.id)).toBe(true)
  expect((await member.run((ctx) => listMembers(ctx, { limit: 5 }))).members).toHaveLength(2)
})

test('nobody comes too late: once the grace period is over nothing is called off', async () => {
  const tenant = await newTenant()
  const { closesAt } = await closed(tenant)
  const late = await signedIn(tenant.owner, null, { now: closesAt })
  const call = () => late.runAsAccount((account) => callOffClosing(account, tenant.id), closesAt)
  const refused = await failureOf(call())
  await late.confirm(refused?.code === 'step_up_required' ? (refused.ticket ?? '') : '', closesAt)
  expect(await failureOf(call())).toMatchObject({ code: 'conflict', state: 'not_closing' })
})

test('[IFD-72][CAL-77][CAL-114] after the grace period no row, document or key of the tenant is left anywhere, its log is sealed, and its neighbour is untouched', async () => {
  const [tenant, other] = [await newTenant({ name: 'Quaverlode Holdings' }), await newTenant()]
  const keys: Awaited<ReturnType<typeof issueApiKey>>[] = []
  for (const each of [tenant, other]) {
    for (const role of ['admin', 'member'] as const) await each.someone(role)
    await (await asOwner(each)).run((ctx) => inviteMember(ctx, { email: 'x@people.test', name: 'X', role: 'member' }))
    await upload(await asOwner(each))
    await createSalt(bindings.KEYS, { tenant: each.id, kind: 'person', id: 'someone' })
    const issued = await (await asOwner(each)).runConfirmed((ctx) => issueApiKey(ctx, { label: 'Nightly export', scopes: ['members.read'], days: 30 }))
    keys.push(issued)
    await each.asJob(async (ctx) => ctx.reach.timers.set(each.id, ctx.now, 'run-due', ctx.now + 86_400_000))
    await drained(each.id)
  }
  const objectsOf = async (n: 0 | 1) => {
    const [each, key] = [[tenant, other][n] as TestTenant, keys[n]?.key.id ?? ''] // `as`: there are two
    const guards = await Promise.all([each.owner, await each.someone('member')].map(({ accountId }) => storedIn(bindings.ACCOUNT_GUARD, accountId)))
    return { key: await storedIn(bindings.KEY_GUARD, key), timers: await storedIn(bindings.TIMERS, each.id), guards }
  }
  expect(Object.values(await objectsOf(0)).flat().map(({ text }) => text.includes(tenant.name) || text.includes(tenant.id))).toEqual([true, true, true, true])
  const before = await traces(other.id)
  const { closesAt } = await closed(tenant)
  expect(await destroyTenant(await testParts(closesAt - 1), tenant.id)).toBe(true)
  expect(Object.keys(await traces(tenant.id))).toContain('DIRECTORY.tenants.id')
  expect(await destroyTenant(await testParts(closesAt), tenant.id)).toBe(true)

  expect(await traces(tenant.id)).toEqual({})
  expect(await traces(other.id)).toEqual(before)
  for (const shard of [bindings.SHARD_1, bindings.SHARD_2]) expect((await shard.prepare('pragma foreign_key_check').all()).results).toEqual([])
  expect((await bindings.DOCUMENTS.list({ prefix: `${tenant.id}/` })).objects).toEqual([])
  expect((await bindings.DOCUMENTS.list({ prefix: `${other.id}/` })).objects).toHaveLength(1)
  const gone = await objectsOf(0)
  expect([gone.key.text.includes(tenant.id), gone.timers.text.includes(tenant.id), ...gone.guards.map(({ text }) => text.includes(tenant.name))]).toEqual([false, false, false, false])
  expect((await objectsOf(1)).key.text).toContain(other.id)
  const asked = (token: string) => new Browser(null).call('/api/v1/members', { headers: { Authorization: `Bearer ${token}` } })
  expect([(await asked(keys[0]?.token ?? '')).status, (await asked(keys[1]?.token ?? '')).status]).toEqual([401, 200])
  const { keyring, chain } = await reachNow()
  expect(await Promise.all((['seal', 'index', 'token', 'audit'] as const).map((root) => rootVersions(keyring, tenant.id, root)))).toEqual([[], [], [], [1]])
  expect(await readSalt(bindings.KEYS, { tenant: tenant.id, kind: 'person', id: 'someone' })).toBeNull()
  expect((await chain.status(tenant.id)).sealedForGood).toBe(true)
  expect(await entriesOf(PLATFORM, 'core.tenant.destroyed')).toContainEqual(expect.objectContaining({ subject: tenant.id, meta: expect.objectContaining({ documents: 1 }) }))
  expect(await destroyTenant(await testParts(closesAt), tenant.id)).toBe(true)
})

test('a destruction that is killed after any of its steps is finished by the next run', async () => {
  for (const broken of ['timers', 'keyring', 'directory'] as const) {
    const tenant = await newTenant()
    await drained(tenant.id)
    const { closesAt } = await closed(tenant)
    const parts = await testParts(closesAt)
    const killed = { timers: { clear: kill }, keyring: { bucket: { list: kill } }, directory: { read: parts.reach.directory.read.bind(parts.reach.directory), ask: parts.reach.directory.ask.bind(parts.reach.directory), change: kill } }[broken]
    await expect(destroyTenant({ ...parts, reach: replaced(parts.reach, broken, killed as never) }, tenant.id), broken).rejects.toThrow('killed')
    expect(await destroyTenant(await testParts(closesAt), tenant.id)).toBe(true)
    expect(await traces(tenant.id), broken).toEqual({})
  }
})

test('a destruction that is killed between the rows and their fence is finished by the next run: no key outlives the rows', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await drained(tenant.id)
  const { closesAt } = await closed(tenant)
  const parts = await testParts(closesAt)
  const theirs = await traces(other.id)
  let batches = 0
  const shard = (name: string) => replaced(parts.reach.shard(name), 'batch', (statements) => ((batches += 1) === 1 ? parts.reach.shard(name).batch(statements) : kill()))
  await expect(destroyTenant({ ...parts, reach: replaced(parts.reach, 'shard', shard) }, tenant.id)).rejects.toThrow('killed')
  expect(await destroyTenant(await testParts(closesAt), tenant.id)).toBe(true)
  expect(await traces(tenant.id)).toEqual({})
  expect(await traces(other.id)).toEqual(theirs)
})

test('of two runs that destroy a tenant at once one records its end', async () => {
  const tenant = await newTenant()
  await drained(tenant.id)
  const { closesAt } = await closed(tenant)
  await Promise.all([destroyTenant(await testParts(closesAt), tenant.id), destroyTenant(await testParts(closesAt), tenant.id)])
  expect(await traces(tenant.id)).toEqual({})
  expect((await entriesOf(PLATFORM, 'core.tenant.destroyed')).filter(({ subject }) => subject === tenant.id)).toHaveLength(1)
})

test('what has not been sealed yet is waited for', async () => {
  const tenant = await newTenant()
  const { closesAt } = await closed(tenant)
  await bindings[tenant.shard as 'SHARD_1'].prepare('update tenant_fence set event_n = event_n + 1 where tenant_id = ?').bind(tenant.id).run()
  expect(await destroyTenant(await testParts(closesAt), tenant.id)).toBe(false)
  expect(Object.keys(await traces(tenant.id))).toContain('DIRECTORY.tenants.id')
})

test('every table with a tenant column is known to the destruction, parents before children', async () => {
  const tables = await tenantTables(bindings.SHARD_1)
  const names = tables.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['tenant_profiles', 'members', 'user_roles', 'invitations', 'key_versions', 'key_rotations', 'policy_versions']))
  expect(names.indexOf('members')).toBeLessThan(names.indexOf('user_roles'))
})

const kill = () => {
  throw new Error('killed')
}
