import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { members, tenantProfiles, userRoles } from '../../../db/schema/tenancy.ts'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, bindings, drained, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { outboxRows } from '../commit.ts'
import type { Ctx } from '../ctx.ts'
import { jobVisit } from '../job.ts'
import { recorderOf } from '../tenant-ctx.ts'
import { databaseOf } from './bounds.ts'
import { memberContact, tenantRenamed } from './module.ts'
import { renameProfile } from './store.ts'
import { TenantDb, type Seat } from './tenant-db.ts'

const seatOf = (tenant: TestTenant, other: Partial<Seat> = {}): Seat => ({ tenantId: tenant.id, shard: tenant.shard, sealVersion: 1, policyVersion: 1, accountId: null, role: null, sessionAt: null, ...other })
const dbAt = async (tenant: TestTenant, other: Partial<Seat> = {}): Promise<TenantDb> => (await reachNow()).tenantDb(seatOf(tenant, other))
const shardOf = (tenant: TestTenant): D1Database => bindings[tenant.shard as 'SHARD_1']
const fence = (tenant: TestTenant) => shardOf(tenant).prepare('select * from tenant_fence where tenant_id = ?').bind(tenant.id).first<Record<string, number | string>>()

async function events(tenant: TestTenant, count = 1) {
  const visit = jobVisit(await testParts(), 'test')
  const vault = visit.reach.vault(tenant.id, 1, visit.now)
  return outboxRows({ ...recorderOf(tenant.id, { kind: 'system', id: 'test', role: null }, visit), vault }, Array.from({ length: count }, () => tenantRenamed(tenant.id, {})))
}

/** Two tenants in one database. */
async function neighbours(): Promise<[TestTenant, TestTenant]> {
  const first = await newTenant()
  for (let tries = 0; tries < 8; tries += 1) {
    const second = await newTenant()
    if (second.shard === first.shard) return [first, second]
  }
  throw new Error('no two tenants on one shard')
}

test('what is asked is asked of one tenant, whatever the condition says', async () => {
  const [tenant, other] = await neighbours()
  await other.someone('member')
  const db = await dbAt(tenant)
  const [all, theirs, joined, counted] = await db.readAll([
    db.find(members),
    db.find(members, { where: eq(members.tenantId, other.id) }),
    db.join(members, userRoles, { columns: { id: members.id }, on: eq(userRoles.tenantId, other.id) }),
    db.count(members, eq(members.accountId, other.owner.accountId)),
  ])
  expect([all.length, theirs.length, joined.length, counted]).toEqual([1, 0, 0, 0])
})

test('what is written is written to one tenant: a change aimed at another one’s row finds nothing, and a foreign parent is refused by the database', async () => {
  const [tenant, other] = await neighbours()
  const db = await dbAt(tenant)
  await db.write([db.update(tenantProfiles, eq(tenantProfiles.id, other.id), { name: 'Taken over' }), db.remove(userRoles, eq(userRoles.id, other.owner.memberId))], await events(tenant))
  expect(await shardOf(other).prepare('select name from tenant_profiles where tenant_id = ?').bind(other.id).first<string>('name')).toBe(other.name)
  expect(await (await asOwner(other)).run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('owner')
  const role = db.insert(userRoles, { id: other.owner.memberId, accountId: 'acc_x', role: 'owner', since: 0 })
  expect(await failureOf(db.write([role], await events(tenant)))).toMatchObject({ code: 'not_found' })
})

test('nothing can be asked without a scope: a look-alike has no database behind it', async () => {
  const tenant = await newTenant()
  const alike = Object.create(TenantDb.prototype, { tenantId: { value: tenant.id } }) as TenantDb // `as`: that is the attempt
  expect(() => alike.find(members)).toThrow(TypeError)
  await expect(alike.readAll([])).rejects.toThrow(TypeError)
  expect(() => new TenantDb(databaseOf(bindings.SHARD_1), undefined as never).find(members)).toThrow(TypeError)
})

test('event numbers have no gaps however many write at once, and a refused batch uses none up', async () => {
  const tenant = await newTenant()
  const db = await dbAt(tenant)
  const before = Number((await fence(tenant))?.['event_n'])
  const writes = await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const refused = db.update(members, eq(members.id, 'mem_nobody'), { invitedBy: null }).orRefuse('nobody_there')
      const two = await events(tenant, 2)
      return failureOf(db.write(n % 3 === 0 ? [renameProfile(db, `N${n}`), refused] : [renameProfile(db, `N${n}`)], two))
    }),
  )
  expect(writes.filter((failure) => failure !== null)).toHaveLength(8)
  for (const failure of writes) if (failure) expect(failure).toMatchObject({ code: 'conflict', state: 'nobody_there' })
  const { results } = await shardOf(tenant).prepare('select n from outbox where tenant_id = ? and n > ? order by n').bind(tenant.id, before).all<{ n: number }>()
  expect(results.map(({ n }) => n)).toEqual(Array.from({ length: 32 }, (_, n) => before + 1 + n))
})

test('a change and a question make one batch: it is answered how things stand after the change, of one tenant, and under another policy nothing changes', async () => {
  const [tenant, other] = await neighbours()
  const db = await dbAt(tenant)
  const names = db.find(tenantProfiles, { columns: { name: tenantProfiles.name } })
  expect(await db.writeAsking([renameProfile(db, 'Renamed')], await events(tenant), names)).toEqual([{ name: 'Renamed' }])
  const late = await dbAt(tenant, { policyVersion: 2 })
  expect(await failureOf(late.writeAsking([renameProfile(late, 'Changed')], await events(tenant), names))).toMatchObject({ code: 'stale_fence' })
  expect(await db.read(names)).toEqual([{ name: 'Renamed' }])
  const next = await dbAt(other)
  expect(await next.read(next.find(tenantProfiles, { columns: { name: tenantProfiles.name } }))).toEqual([{ name: other.name }])
})

test('a batch under an older seal version, another role or a shut fence changes nothing', async () => {
  const tenant = await newTenant()
  const { accountId } = await tenant.someone('member')
  const before = await fence(tenant)
  const attempts: Partial<Seat>[] = [{ sealVersion: 2 }, { sealVersion: 0 }, { accountId, role: 'admin' }, { accountId: 'acc_nobody', role: 'member' }]
  for (const attempt of attempts) {
    const db = await dbAt(tenant, attempt)
    expect(await failureOf(db.write([renameProfile(db, 'Changed')], await events(tenant))), JSON.stringify(attempt)).toMatchObject({ code: 'stale_fence' })
  }
  for (const state of ['moving', 'moved', 'closed', 'restored']) {
    await shardOf(tenant).prepare('update tenant_fence set state = ? where tenant_id = ?').bind(state, tenant.id).run()
    const db = await dbAt(tenant)
    expect(await failureOf(db.write([renameProfile(db, 'Changed')], await events(tenant))), state).toMatchObject({ code: 'stale_fence' })
    expect(await db.settle(renameProfile(db, 'Changed')), state).toBe(false)
    const read = await failureOf(db.read(db.count(members)))
    expect(read?.code ?? 'read', state).toBe({ moving: 'read', moved: 'stale_fence', closed: 'not_found', restored: 'stale_fence' }[state])
  }
  await shardOf(tenant).prepare("update tenant_fence set state = 'open' where tenant_id = ?").bind(tenant.id).run()
  expect(await fence(tenant)).toEqual(before)
  expect(await shardOf(tenant).prepare('select name from tenant_profiles where tenant_id = ?').bind(tenant.id).first<string>('name')).toBe(tenant.name)
})

test('a reading batch learns of a changed role, policy or voided session before it answers', async () => {
  const tenant = await newTenant()
  const { accountId } = await tenant.someone('member')
  const read = async (other: Partial<Seat>) => {
    const db = await dbAt(tenant, other)
    return (await failureOf(db.read(db.count(members))))?.code ?? 'read'
  }
  expect(await read({ accountId, role: 'member', sessionAt: 5 })).toBe('read')
  expect(await read({ accountId, role: 'admin' })).toBe('stale_fence')
  expect(await read({ accountId: 'acc_nobody', role: 'member' })).toBe('not_found')
  expect(await read({ policyVersion: 2 })).toBe('stale_fence')
  await shardOf(tenant).prepare('update tenant_fence set sessions_after = 10 where tenant_id = ?').bind(tenant.id).run()
  expect(await read({ accountId, role: 'member', sessionAt: 5 })).toBe('unauthenticated')
  expect(await read({ accountId, role: 'member', sessionAt: 10 })).toBe('read')
})

test('a member may give up the very role that lets it act, once', async () => {
  const tenant = await newTenant()
  const browser = await asMember(tenant)
  const giveUp = (ctx: Ctx) => ctx.commit([ctx.db.update(userRoles, eq(userRoles.accountId, ctx.eventActor.id), { role: 'viewer' })], tenantRenamed(ctx.tenant.id, {}))
  expect(await failureOf(browser.run(giveUp))).toBeNull()
  expect(await browser.run(async (ctx) => {
    await ctx.db.read(ctx.db.count(members))
    return ctx.actor.kind === 'member' && ctx.actor.role
  })).toBe('viewer')
})

test('a stray await of a question or a change asks and changes nothing', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await owner.run(async (ctx) => {
    // oxlint-disable-next-line typescript/await-thenable
    await ctx.db.update(tenantProfiles, eq(tenantProfiles.id, ctx.tenant.id), { name: 'By accident' })
    // oxlint-disable-next-line typescript/await-thenable
    expect(await ctx.db.count(members)).not.toBeTypeOf('number')
  })
  await drained(tenant.id)
  expect(await shardOf(tenant).prepare('select name from tenant_profiles where tenant_id = ?').bind(tenant.id).first<string>('name')).toBe(tenant.name)
})

test('a sealed column takes what the vault made, and nothing a vault of another tenant made opens', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const cell = await tenant.asJob((ctx) => ctx.vault.seal(memberContact, 'mem_x', { name: 'N', email: 'e@x.test' }))
  await expect(other.asJob((ctx) => ctx.vault.open(memberContact, 'mem_x', cell))).rejects.toMatchObject({ failure: { code: 'integrity' } })
  expect(await tenant.asJob((ctx) => ctx.vault.open(memberContact, 'mem_x', cell))).toEqual({ name: 'N', email: 'e@x.test' })
})
