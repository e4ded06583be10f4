import { expect, test } from 'vitest'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, bindings, drained, entriesOf, failureOf, reachNow, replaced } from '../../../tests/support/scene.ts'
import { isFault } from '../failure.ts'
import { PLATFORM } from '../reach.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { listMembers } from './list-members.ts'
import { fenceAt, tenantDigest, turnFence } from './move-store.ts'
import { moveTenant, resumeMove, type MoveParts } from './move-tenant.ts'
import { renameTenant } from './rename-tenant.ts'
import { tenantTables } from './shard-tables.ts'

const movers = async (): Promise<MoveParts> => ({ ...(await testParts()), drain: drained })
const elsewhere = (tenant: TestTenant): string => (tenant.shard === 'SHARD_1' ? 'SHARD_2' : 'SHARD_1')
const shardOf = async (name: string): Promise<D1Database> => (await reachNow()).shard(name)

async function rowsOn(shard: D1Database, tenantId: string): Promise<number> {
  const counts = await Promise.all(['tenant_fence', 'outbox', ...(await tenantTables(shard)).map(({ name }) => name)].map((name) => shard.prepare(`select count(*) as n from ${name} where tenant_id = ?`).bind(tenantId).first<number>('n')))
  return counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
}

test('a tenant moves with everything it has, its people work on, and its neighbour stays', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [owner, member] = [await asOwner(tenant), await asMember(tenant)]
  await owner.run((ctx) => inviteMember(ctx, { email: 'x@people.test', name: 'X', role: 'member' }))
  await drained(tenant.id)
  const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
  const [before, theirs] = [await tenantDigest(from, tenant.id), await tenantDigest(await shardOf(other.shard), other.id)]
  await moveTenant(await movers(), tenant.id, elsewhere(tenant))
  expect(await rowsOn(from, tenant.id)).toBe(0)
  expect(await tenantDigest(to, tenant.id)).toEqual(before)
  expect(await tenantDigest(await shardOf(other.shard), other.id)).toEqual(theirs)
  expect((await member.run((ctx) => listMembers(ctx, { limit: 5 }))).members).toHaveLength(2)
  await owner.run((ctx) => renameTenant(ctx, 'Moved & Sons'))
  expect(await entriesOf(tenant.id, 'core.tenant.renamed')).toHaveLength(1)
  expect(await entriesOf(PLATFORM, 'core.tenant.moved')).toContainEqual(expect.objectContaining({ subject: tenant.id, meta: expect.objectContaining({ from: tenant.shard, to: elsewhere(tenant), hash: before.hash }) }))
  await moveTenant(await movers(), tenant.id, elsewhere(tenant))
})

test('under write load nothing acknowledged is lost and nothing is written to the old shard', async () => {
  const tenant = await newTenant()
  const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
  const done = { on: true, refused: 0 }
  const acknowledged: string[] = []
  const writer = async (n: number) => {
    for (let i = 0; done.on && i < 25; i += 1) {
      try {
        const view = await tenant.asJob((ctx) => inviteMember(ctx, { email: `w${n}-${i}@people.test`, name: 'W', role: 'member' }))
        acknowledged.push(view.id)
      } catch (thrown) {
        if (!isFault(thrown)) throw thrown
        expect(['stale_fence', 'unavailable']).toContain(thrown.failure.code)
        done.refused += 1
        await scheduler.wait(5)
      }
    }
  }
  const writers = [writer(1), writer(2), writer(3)]
  await scheduler.wait(150)
  for (let tries = 1; ; tries += 1) {
    try {
      await moveTenant(await movers(), tenant.id, elsewhere(tenant))
      break
    } catch (thrown) {
      if (tries > 20 || !isFault(thrown) || thrown.failure.code !== 'unavailable') throw thrown
    }
  }
  await scheduler.wait(150)
  done.on = false
  await Promise.all(writers)
  expect(acknowledged.length).toBeGreaterThan(3)
  const kept = await to.prepare('select id from invitations where tenant_id = ?').bind(tenant.id).all<{ id: string }>()
  expect(new Set(kept.results.map(({ id }) => id))).toEqual(new Set(acknowledged))
  expect(await rowsOn(from, tenant.id)).toBe(0)
  expect(await entriesOf(tenant.id, 'core.member.invited')).toHaveLength(acknowledged.length)
  expect(await entriesOf(tenant.id, 'audit')).toEqual([])
}, 60_000)

test('a move that is killed after any of its steps goes on where it stood', async () => {
  const steps = [
    { name: 'while copying', kill: (parts: MoveParts) => ({ ...parts, drain: () => Promise.reject(new Error('killed')) }) },
    { name: 'before the switch', kill: (parts: MoveParts) => ({ ...parts, reach: brokenBatch(parts, 'SHARD') }) },
    { name: 'after the switch', kill: (parts: MoveParts) => ({ ...parts, reach: brokenAfterSwitch(parts) }) },
  ]
  for (const step of steps) {
    const tenant = await newTenant()
    const owner = await asOwner(tenant)
    await drained(tenant.id)
    const before = await tenantDigest(await shardOf(tenant.shard), tenant.id)
    const parts = await movers()
    await expect(moveTenant(step.kill(parts), tenant.id, elsewhere(tenant)), step.name).rejects.toThrow('killed')
    const refused = await failureOf(owner.run((ctx) => renameTenant(ctx, 'Meanwhile')))
    expect(refused?.code, step.name).toBe('stale_fence')
    await resumeMove(await movers(), tenant.id)
    expect(await tenantDigest(await shardOf(elsewhere(tenant)), tenant.id), step.name).toEqual(before)
    expect(await rowsOn(await shardOf(tenant.shard), tenant.id), step.name).toBe(0)
    await owner.run((ctx) => renameTenant(ctx, 'Afterwards'))
  }
})

test('readers read on while a tenant is moving', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await turnFence(await shardOf(tenant.shard), tenant.id, 'open', 'moving')
  expect((await owner.run((ctx) => listInvitations(ctx, { limit: 5 }))).invitations).toEqual([])
  expect(await failureOf(owner.run((ctx) => renameTenant(ctx, 'No')))).toMatchObject({ code: 'stale_fence' })
  await turnFence(await shardOf(tenant.shard), tenant.id, 'moving', 'open')
})

test('a copy that differs is not switched to', async () => {
  const tenant = await newTenant()
  await drained(tenant.id)
  const parts = await movers()
  const forged = replaced(parts.reach, 'shard', (name) => (name === elsewhere(tenant) ? forgetful(parts.reach.shard(name)) : parts.reach.shard(name)))
  expect(await failureOf(moveTenant({ ...parts, reach: forged }, tenant.id, elsewhere(tenant)))).toMatchObject({ code: 'conflict', state: 'copy_differs' })
  expect(await fenceAt(await shardOf(tenant.shard), tenant.id)).toBe('moving')
  const place = await bindings.DIRECTORY.prepare('select shard, state from tenants where id = ?').bind(tenant.id).first()
  expect(place).toEqual({ shard: tenant.shard, state: 'moving' })
  await resumeMove(parts, tenant.id)
  const owner = await asOwner(tenant)
  await owner.run((ctx) => listMembers(ctx, { limit: 5 }))
  expect(await owner.run(async (ctx) => ctx.tenant.shard)).toBe(elsewhere(tenant))
})

test('there is no moving to a shard that is not there, nor of a tenant that is not', async () => {
  const tenant = await newTenant()
  expect(await failureOf(moveTenant(await movers(), tenant.id, 'SHARD_9'))).toMatchObject({ code: 'invalid' })
  expect(await failureOf(moveTenant(await movers(), 'ten_00000000000000000000000000', 'SHARD_1'))).toMatchObject({ code: 'not_found' })
})

/** A database that breaks off when a batch is written to it. */
function brokenBatch({ reach }: MoveParts, _name: string) {
  return replaced(reach, 'shard', (name) => replaced(reach.shard(name), 'batch', () => Promise.reject(new Error('killed'))))
}

/** Everything works until the directory has been switched; then the old fence cannot be reached. */
function brokenAfterSwitch({ reach }: MoveParts) {
  const seen = { switched: false }
  const directory = replaced(reach.directory, 'write', async (writes, events) => {
    const n = await reach.directory.write(writes, events)
    seen.switched = events.some(({ body }) => body.includes('core.tenant.moved'))
    return n
  })
  const shard = (name: string) => {
    if (seen.switched) throw new Error('killed')
    return reach.shard(name)
  }
  return replaced(replaced(reach, 'directory', directory), 'shard', shard)
}

/** A database that loses one of the four rows that say which keys there are. */
function forgetful(d1: D1Database): D1Database {
  return replaced(d1, 'batch', ((statements: D1PreparedStatement[]) => d1.batch(statements.length === 4 ? statements.slice(1) : statements)) as D1Database['batch'])
}
