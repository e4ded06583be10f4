import { expect, test } from 'vitest'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asOwner, drained, entriesOf, failureOf, reachNow, replaced } from '../../../tests/support/scene.ts'
import { rootVersions } from '../vault/keyring.ts'
import { deliveryModule } from '../delivery/module.ts'
import { changeRole } from './change-role.ts'
import { inviteMember } from './invite-member.ts'
import { listMembers } from './list-members.ts'
import { memberContact, memberJoined, tenancyModule } from './module.ts'
import { rotateSealRoot } from './rotate-seal-root.ts'
import { runTenancyJobs } from './run-tenancy-jobs.ts'
import { insertMember, insertRole } from './store.ts'
import { sealedTables, sweepSealRoot } from './sweep-seal-root.ts'

const tables = sealedTables([tenancyModule, deliveryModule])

/** So many members, written as a job in a few batches. */
async function crowd(tenant: TestTenant, size: number): Promise<void> {
  for (let from = 0; from < size; from += 50) {
    await tenant.asJob(async (ctx) => {
      const writes = []
      for (let n = from; n < Math.min(size, from + 50); n += 1) {
        const [id, accountId] = [ctx.newId('mem'), ctx.newId('acc')]
        const contact = await ctx.vault.seal(memberContact, id, { name: `Member ${n}`, email: `m${n}@people.test` })
        writes.push(insertMember(ctx.db, { id, accountId, contact: contact.sealed, sealVersion: contact.sealVersion, joinedAt: ctx.now + n }), insertRole(ctx.db, { id, accountId, role: 'member', since: ctx.now }))
      }
      await ctx.commit(writes, memberJoined(ctx.newId('mem'), { account: ctx.newId('acc'), role: 'member', invitation: null }))
    })
  }
}

async function versions(tenant: TestTenant): Promise<Record<number, number>> {
  const { results } = await (await reachNow()).shard(tenant.shard).prepare('select seal_version as v, count(*) as n from members where tenant_id = ? group by 1').bind(tenant.id).all<{ v: number; n: number }>()
  return Object.fromEntries(results.map(({ v, n }) => [v, n]))
}

async function sweepAll(tenant: TestTenant, now?: number): Promise<void> {
  for (let runs = 0; runs < 50; runs += 1) if (await sweepSealRoot(await testParts(now), tables, tenant.id, 120)) return
  throw new Error('the sweep does not end')
}

test('[CLN-28] a rotation under readers and writers: no read fails, every row carries the new version', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await crowd(tenant, 300)
  await crowd(other, 3)
  const owner = await asOwner(tenant)
  const work = { on: true, reads: 0, writes: 0 }
  const reader = async () => {
    while (work.on) {
      const { members } = await tenant.asJob((ctx) => listMembers(ctx, { limit: 100 }))
      expect(members.every((member) => member.email.endsWith('@people.test'))).toBe(true)
      work.reads += 1
    }
  }
  const writer = async () => {
    while (work.on && work.writes < 60) {
      await tenant.asJob(async (ctx) => {
        const id = ctx.newId('mem')
        const accountId = ctx.newId('acc')
        const contact = await ctx.vault.seal(memberContact, id, { name: 'Late', email: 'late@people.test' })
        await ctx.commit([insertMember(ctx.db, { id, accountId, contact: contact.sealed, sealVersion: contact.sealVersion, joinedAt: ctx.now }), insertRole(ctx.db, { id, accountId, role: 'member', since: ctx.now })], memberJoined(id, { account: accountId, role: 'member', invitation: null }))
      })
      work.writes += 1
    }
  }
  const busy = [reader(), writer(), writer()]
  expect(await owner.run((ctx) => rotateSealRoot(ctx, 'button'))).toBe(2)
  await sweepAll(tenant)
  work.on = false
  await Promise.all(busy)
  expect(work.reads).toBeGreaterThan(0)
  expect(Object.keys(await versions(tenant))).toEqual(['2'])
  expect((await versions(tenant))[2]).toBe(301 + work.writes)
  expect(Object.keys(await versions(other))).toEqual(['1'])
  expect(await entriesOf(tenant.id, 'core.key')).toMatchObject([{ meta: { reason: 'button', version: 2 } }, { meta: { version: 2 } }])
}, 90_000)

test('a writer that still holds the old version is refused by the fence and succeeds when it is run again', async () => {
  const tenant = await newTenant()
  const [owner, admin] = [await asOwner(tenant), await asAdmin(tenant)]
  const { memberId } = await tenant.someone('member')
  await drained(tenant.id) // whoever joined has been told of its seat
  await owner.run((ctx) => rotateSealRoot(ctx, 'button'))
  const seen: number[] = []
  await admin.run(async (ctx) => {
    seen.push(ctx.vault.sealVersion)
    await changeRole(ctx, { memberId, role: 'viewer' })
  })
  expect(seen).toEqual([1, 2])
})

test('one rotation at a time, for the owner alone', async () => {
  const tenant = await newTenant()
  expect(await failureOf((await asAdmin(tenant)).run((ctx) => rotateSealRoot(ctx, 'button')))).toMatchObject({ code: 'role_required' })
  const [one, two] = [await asOwner(tenant), await asOwner(tenant)]
  const outcomes = await Promise.all([one, two].map((owner) => failureOf(owner.run((ctx) => rotateSealRoot(ctx, 'button')))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  expect(outcomes.find((failure) => failure !== null)).toMatchObject({ code: 'conflict' })
})

test('a compromised key asks for a proof of its own and is destroyed as soon as no row needs it', async () => {
  const tenant = await newTenant()
  await crowd(tenant, 5)
  const owner = await asOwner(tenant)
  await owner.runConfirmed((ctx) => rotateSealRoot(ctx, 'compromised'))
  await sweepAll(tenant)
  const { keyring } = await reachNow()
  expect(await rootVersions(keyring, tenant.id, 'seal')).toEqual([2])
  expect(await entriesOf(tenant.id, 'core.key.destroyed')).toMatchObject([{ meta: { root: 'seal', version: 1 } }])
  expect((await owner.run((ctx) => listMembers(ctx, { limit: 10 }))).members).toHaveLength(6)
})

test('a compromised key that a killed sweep left behind is destroyed by the next minute, a neighbour’s retired one is kept', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await (await asOwner(tenant)).runConfirmed((ctx) => rotateSealRoot(ctx, 'compromised'))
  await (await asOwner(other)).run((ctx) => rotateSealRoot(ctx, 'button'))
  const parts = await testParts()
  const undying = replaced(parts.reach, 'keyring', { ...parts.reach.keyring, bucket: replaced(parts.reach.keyring.bucket, 'delete', () => Promise.reject(new Error('killed'))) })
  await expect(sweepSealRoot({ ...parts, reach: undying }, tables, tenant.id)).rejects.toThrow('killed')
  await sweepAll(other)
  const { keyring } = await reachNow()
  expect(await rootVersions(keyring, tenant.id, 'seal')).toEqual([1, 2])
  await runTenancyJobs({ ...(await testParts()), drain: drained, sealed: tables })
  expect(await rootVersions(keyring, tenant.id, 'seal')).toEqual([2])
  expect(await rootVersions(keyring, other.id, 'seal')).toEqual([1, 2])
  expect(await entriesOf(tenant.id, 'core.key.destroyed')).toMatchObject([{ meta: { root: 'seal', version: 1 } }])
})

test('a row that was tampered with stays where it is and keeps its key alive', async () => {
  const tenant = await newTenant()
  await crowd(tenant, 4)
  const shard = (await reachNow()).shard(tenant.shard)
  const broken = await shard.prepare("select id from members where tenant_id = ? and id <> ? limit 1").bind(tenant.id, tenant.owner.memberId).first<{ id: string }>()
  await shard.prepare('update members set contact = (select contact from members where tenant_id = ? and id = ?) where tenant_id = ? and id = ?').bind(tenant.id, tenant.owner.memberId, tenant.id, broken?.id).run()
  await (await asOwner(tenant)).run((ctx) => rotateSealRoot(ctx, 'button'))
  expect(await sweepSealRoot(await testParts(), tables, tenant.id)).toBe(false)
  expect(await versions(tenant)).toEqual({ 1: 1, 2: 4 })
  expect(await rootVersions((await reachNow()).keyring, tenant.id, 'seal')).toEqual([1, 2])
})

test('the sweep covers invitations and mail as well as members, in one row’s every sealed column', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await owner.run((ctx) => inviteMember(ctx, { email: 'x@people.test', name: 'X', role: 'member' }))
  await owner.run((ctx) => rotateSealRoot(ctx, 'button'))
  await sweepAll(tenant)
  const row = await (await reachNow()).shard(tenant.shard).prepare('select min(seal_version) as v from invitations where tenant_id = ?').bind(tenant.id).first<{ v: number }>()
  expect(row?.v).toBe(2)
  expect(tables.map(({ table }) => table)).toEqual(['members', 'invitations', 'deliveries'])
})

test('the sweep begins by itself: nobody has to wait for the next cron', async () => {
  const tenant = await newTenant()
  await crowd(tenant, 20)
  await (await asOwner(tenant)).run((ctx) => rotateSealRoot(ctx, 'button'))
  await expect.poll(() => versions(tenant), { timeout: 20_000, interval: 200 }).toEqual({ 2: 21 })
})
