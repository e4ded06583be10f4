// Longer than most: a move is shown killed, held up, overlapped and given up, each at the step where it could lose a row.
import { expect, test } from 'vitest'
import { testClock } from '../../../tests/support/clock.ts'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, bindings, drained, entriesOf, failureOf, reachNow, replaced } from '../../../tests/support/scene.ts'
import { isFault } from '../failure.ts'
import { PLATFORM } from '../reach.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { listMembers } from './list-members.ts'
import { removeTenantRows } from './closing-store.ts'
import { copyTenant, fenceAt, tenantDigest, turnFence } from './move-store.ts'
import { clearStrays, moveTenant, resumeMove, type MoveParts } from './move-tenant.ts'
import { renameTenant } from './rename-tenant.ts'
import { runTenancyJobs } from './run-tenancy-jobs.ts'
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

test('a run that was held up in its drain while another one finished the move takes nothing from the tenant where it lives now', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await drained(tenant.id)
  const before = await tenantDigest(await shardOf(tenant.shard), tenant.id)
  const { promise: gate, resolve: release } = Promise.withResolvers<void>()
  const late = moveTenant({ ...(await movers()), drain: (id) => gate.then(() => drained(id)) }, tenant.id, elsewhere(tenant)).catch(() => undefined)
  await scheduler.wait(100)
  await moveTenant(await movers(), tenant.id, elsewhere(tenant))
  release()
  await late
  expect(await tenantDigest(await shardOf(elsewhere(tenant)), tenant.id)).toEqual(before)
  await owner.run((ctx) => renameTenant(ctx, 'Afterwards'))
})

test('readers read on while a tenant is moving', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await turnFence(await shardOf(tenant.shard), tenant.id, 'open', 'moving')
  expect((await owner.run((ctx) => listInvitations(ctx, { limit: 5 }))).invitations).toEqual([])
  expect(await failureOf(owner.run((ctx) => renameTenant(ctx, 'No')))).toMatchObject({ code: 'stale_fence' })
  await turnFence(await shardOf(tenant.shard), tenant.id, 'moving', 'open')
})

test('a copy that differs is not switched to, and the next run begins it anew', async () => {
  const tenant = await newTenant()
  await drained(tenant.id)
  const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
  await leftovers(from, to, tenant.id)
  expect(await failureOf(moveTenant(await movers(), tenant.id, elsewhere(tenant)))).toMatchObject({ code: 'conflict', state: 'copy_differs' })
  expect(await fenceAt(from, tenant.id)).toBe('moving')
  expect(await placeOf(tenant)).toMatchObject({ shard: tenant.shard, state: 'moving' })
  expect(await rowsOn(to, tenant.id)).toBe(0)
  await resumeMove(await movers(), tenant.id)
  const owner = await asOwner(tenant)
  await owner.run((ctx) => listMembers(ctx, { limit: 5 }))
  expect(await owner.run(async (ctx) => [ctx.tenant.shard, ctx.tenant.name])).toEqual([elsewhere(tenant), tenant.name])
})

test('movers that overlap, each slowed at another step, lose no row between them', async () => {
  for (const [first, second] of [[0, 0], [0, 30], [30, 0], [60, 10]] as const) {
    const tenant = await newTenant()
    await drained(tenant.id)
    const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
    const before = await tenantDigest(from, tenant.id)
    await leftovers(from, to, tenant.id)
    const slowed = async (ms: number): Promise<MoveParts> => {
      const parts = await movers()
      return { ...parts, reach: replaced(parts.reach, 'shard', (name) => slow(parts.reach.shard(name), ms)) }
    }
    const runs = await Promise.allSettled([moveTenant(await slowed(first), tenant.id, elsewhere(tenant)), resumeSoon(await slowed(second), tenant.id)])
    for (const run of runs) if (run.status === 'rejected' && !isFault(run.reason)) throw run.reason
    for (let tries = 0; tries < 5 && (await placeOf(tenant))?.state !== 'open'; tries += 1) await resumeMove(await movers(), tenant.id).catch(() => undefined)
    expect(await placeOf(tenant)).toMatchObject({ shard: elsewhere(tenant), state: 'open' })
    expect(await tenantDigest(to, tenant.id)).toEqual(before)
    expect(await rowsOn(from, tenant.id)).toBe(0)
    await (await asOwner(tenant)).run((ctx) => renameTenant(ctx, 'Whole'))
  }
}, 60_000)

test('a run that comes too late to take rows away is refused by the fence', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const shard = await shardOf(tenant.shard)
  const before = await tenantDigest(shard, tenant.id)
  for (const state of ['moving', 'moved', 'closed'] as const) expect(await failureOf(removeTenantRows(shard, tenant.id, state))).toMatchObject({ code: 'stale_fence' })
  expect(await tenantDigest(shard, tenant.id)).toEqual(before)
  expect(await removeTenantRows(await shardOf(elsewhere(other)), other.id, 'moving')).toBe(0)
})

test('a move that cannot get on is given up after a quarter of an hour: the tenant works on where it was', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await drained(tenant.id)
  const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
  const stuck = async (later: number): Promise<MoveParts> => {
    const parts = { ...(await movers()), ...(await testParts((await testClock()) + later)) }
    return { ...parts, reach: replaced(parts.reach, 'shard', (name) => unsealed(parts.reach.shard(name))) }
  }
  expect(await failureOf(moveTenant(await stuck(0), tenant.id, elsewhere(tenant)))).toMatchObject({ code: 'unavailable' })
  expect(await failureOf(owner.run((ctx) => renameTenant(ctx, 'Meanwhile')))).toMatchObject({ code: 'stale_fence' })
  expect(await failureOf(resumeMove(await stuck(16 * 60_000), tenant.id))).toMatchObject({ code: 'unavailable' })
  expect(await placeOf(tenant)).toMatchObject({ shard: tenant.shard, state: 'open', moving_to: null })
  expect([await fenceAt(from, tenant.id), await rowsOn(to, tenant.id)]).toEqual(['open', 0])
  await owner.run((ctx) => renameTenant(ctx, 'Afterwards'))
  expect(await entriesOf(PLATFORM, 'core.tenant.move_given_up')).toContainEqual(expect.objectContaining({ subject: tenant.id, meta: { from: tenant.shard, to: elsewhere(tenant) } }))
})

test('what a killed run left on a shard is turned back or cleared, and nobody else is touched', async () => {
  const [here, there, moving] = [await newTenant(), await newTenant(), await newTenant()]
  for (const tenant of [here, there, moving]) await drained(tenant.id)
  await turnFence(await shardOf(here.shard), here.id, 'open', 'moving')
  await leftovers(await shardOf(there.shard), await shardOf(elsewhere(there)), there.id)
  await turnFence(await shardOf(moving.shard), moving.id, 'open', 'moving')
  await bindings.DIRECTORY.prepare("update tenants set state = 'moving', moving_to = ? where id = ?").bind(elsewhere(moving), moving.id).run()
  for (const name of ['SHARD_1', 'SHARD_2']) await clearStrays(await testParts(), name, 1000)
  expect(await fenceAt(await shardOf(here.shard), here.id)).toBe('open')
  expect([await fenceAt(await shardOf(there.shard), there.id), await rowsOn(await shardOf(elsewhere(there)), there.id)]).toEqual(['open', 0])
  expect(await fenceAt(await shardOf(moving.shard), moving.id)).toBe('moving')
  await resumeMove(await movers(), moving.id)
})

test('a copy larger than one run may carry is ended by the next ones', async () => {
  const tenant = await newTenant()
  await drained(tenant.id)
  const [from, to] = [await shardOf(tenant.shard), await shardOf(elsewhere(tenant))]
  await turnFence(from, tenant.id, 'open', 'moving')
  let runs = 1
  while (!(await copyTenant(from, to, tenant.id, 1))) runs += 1
  expect(runs).toBeGreaterThan(3)
  expect(await tenantDigest(to, tenant.id)).toEqual(await tenantDigest(from, tenant.id))
  await removeTenantRows(to, tenant.id, 'moving')
  await turnFence(from, tenant.id, 'moving', 'open')
})

test('what an operator wants is done by the next minute, and a shard that is not there is not waited for', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  for (const each of [tenant, other]) await drained(each.id)
  const want = (id: string, shard: string) => bindings.DIRECTORY.prepare("update tenants set moving_to = ? where id = ? and state = 'open'").bind(shard, id).run()
  await want(tenant.id, elsewhere(tenant))
  await want(other.id, 'SHARD_9')
  await runTenancyJobs({ ...(await movers()), sealed: [] })
  expect(await placeOf(tenant)).toEqual({ shard: elsewhere(tenant), state: 'open', moving_to: null })
  expect(await placeOf(other)).toEqual({ shard: other.shard, state: 'open', moving_to: null })
  expect(await entriesOf(PLATFORM, 'core.tenant.move_started')).toContainEqual(expect.objectContaining({ subject: tenant.id }))
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

/** What an abandoned move may have left on the shard it went to: the tenant's profile under another name, behind a closed fence. */
async function leftovers(from: D1Database, to: D1Database, tenantId: string): Promise<void> {
  await turnFence(from, tenantId, 'open', 'moving')
  await copyTenant(from, to, tenantId)
  await to.prepare("update tenant_profiles set name = 'Left over' where tenant_id = ?").bind(tenantId).run()
  await turnFence(from, tenantId, 'moving', 'open')
}

/** A database that says that events wait to be sealed, whatever was drained. */
const unsealed = (d1: D1Database): D1Database => replaced(d1, 'prepare', (sql: string) => d1.prepare(sql.startsWith('select 1 as n from outbox') ? 'select 1 as n where ? is not null' : sql))

/** A database whose every batch is late. */
const slow = (d1: D1Database, ms: number): D1Database => replaced(d1, 'batch', (async (statements: D1PreparedStatement[]) => {
  await scheduler.wait(Math.random() * ms)
  return d1.batch(statements)
}) as D1Database['batch'])

/** Goes on with a move as soon as there is one. */
async function resumeSoon(parts: MoveParts, tenantId: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    await scheduler.wait(5)
    await resumeMove(parts, tenantId)
  }
}

const placeOf = ({ id }: TestTenant) => bindings.DIRECTORY.prepare('select shard, state, moving_to from tenants where id = ?').bind(id).first<{ shard: string; state: string; moving_to: string | null }>()
