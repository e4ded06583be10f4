import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, drained, failureOf } from '../../../tests/support/scene.ts'
import { tenantRenamed } from '../tenancy/module.ts'
import { listAuditEntries } from './list-audit-entries.ts'
import { isReading } from './filter.ts'
import { manifests } from '../../modules.ts'

// `!`: what the scene of the test made is there.

const all = (filter = {}) => (ctx: Parameters<typeof listAuditEntries>[0]) => listAuditEntries(ctx, filter, null, 50)

test('[CIQ-64][IFD-100] owners and admins read their own tenant’s log, and nothing of another’s; a member reads none', async () => {
  const [mine, theirs] = [await newTenant(), await newTenant()]
  await Promise.all([mine.someone('admin'), theirs.someone('admin')])
  await Promise.all([drained(mine.id), drained(theirs.id)])
  for (const browser of [await asOwner(mine), await asAdmin(mine)]) {
    const page = await browser.run(all())
    expect(page.entries.map(({ event }) => event)).toEqual(['core.member.joined', 'core.tenant.created'])
    expect(page.figures.days.map(({ count }) => count)).toEqual([...Array<number>(13).fill(0), 2])
    expect(JSON.stringify(page)).not.toContain(theirs.id)
    expect(JSON.stringify(page)).not.toContain(theirs.owner.accountId)
  }
  expect(await failureOf((await asMember(mine)).run(all()))).toEqual({ code: 'role_required', need: 'audit.read' })
})

test('where the policy says so only the owner reads the log', async () => {
  const tenant = await newTenant({ preset: 'spartan' })
  await drained(tenant.id)
  expect(await failureOf((await asAdmin(tenant)).run(all()))).toEqual({ code: 'role_required', need: 'audit.read' })
  expect((await (await asOwner(tenant)).run(all())).count).toBeGreaterThan(0)
})

test('each filter narrows the rows to those it names', async () => {
  const tenant = await newTenant()
  const [admin, member] = [await tenant.someone('admin'), await tenant.someone('member')]
  await drained(tenant.id)
  const owner = await asOwner(tenant)
  const subjects = async (filter: object) => (await owner.run(all(filter))).entries.map(({ subject }) => subject)
  expect(await subjects({ event: 'core.member' })).toEqual([member.memberId, admin.memberId])
  expect(await subjects({ event: 'core.mem' })).toEqual([])
  expect(await subjects({ event: 'core.member.*' })).toEqual([member.memberId, admin.memberId])
  expect(await subjects({ subject: admin.memberId })).toEqual([admin.memberId])
  expect(await subjects({ q: member.accountId.slice(-12) })).toEqual([member.memberId])
  expect(await subjects({ actor: 'nobody' })).toEqual([])
  expect((await subjects({ from: '2020-01-01' })).length).toBe(3)
  expect(await subjects({ to: '2020-01-01' })).toEqual([])
})

test('pages follow each other by number without a gap or a repeat', async () => {
  const tenant = await newTenant()
  for (let at = 0; at < 5; at += 1) await tenant.newSomeone('viewer')
  await drained(tenant.id)
  const owner = await asOwner(tenant)
  const numbers: number[] = []
  for (let before: number | null = null; ; ) {
    const page = await owner.run((ctx) => listAuditEntries(ctx, {}, before, 2))
    numbers.push(...page.entries.map(({ n }) => n))
    before = page.next
    if (before === null) break
  }
  expect(numbers).toEqual([6, 5, 4, 3, 2, 1])
})

test('an entry names its actor, its role and its time, and a person by the name this tenant knows', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await owner.run((ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {})))
  await drained(tenant.id)
  const [entry] = (await owner.run(all({ event: 'core.tenant.renamed' }))).entries
  expect(entry).toMatchObject({ actor: { kind: 'member', id: tenant.owner.accountId, role: 'owner', name: tenant.owner.name }, meta: {}, personal: true })
  expect(entry!.sealedAt - entry!.at).toBeLessThan(60_000)
})

test('committed events that are not sealed yet are counted as waiting', async () => {
  const tenant = await newTenant()
  await drained(tenant.id)
  const owner = await asOwner(tenant)
  expect((await owner.run(all())).waiting).toEqual({ events: 0, since: null })
  const reach = await tenant.asJob(async (ctx) => ctx.reach)
  await reach.shard(tenant.shard).prepare('UPDATE tenant_fence SET event_n = event_n + 2 WHERE tenant_id = ?').bind(tenant.id).run()
  expect((await owner.run(all())).waiting.events).toBe(2)
})

test('while the log’s object cannot be reached the page says what waits for it, and shows nothing old', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const page = await owner.run((ctx) => {
    const chain = new Proxy(ctx.reach.chain, { get: () => async () => Promise.reject(new Error('away')) })
    const reach = new Proxy(ctx.reach, { get: (target, key) => (key === 'chain' ? chain : Reflect.get(target, key)) })
    return listAuditEntries({ ...ctx, reach }, {}, null, 50)
  })
  expect(page).toMatchObject({ reachable: false, entries: [], waiting: { events: 1 } })
})

test('the last word of an event tells a reading from a change, as its declaration does', () => {
  for (const event of manifests.flatMap(({ events }) => events)) expect(isReading(event.eventName), event.eventName).toBe(event.read)
})
