import { expect, test } from 'vitest'
import { asOwner, reachNow, replaced } from '../../../tests/support/scene.ts'
import { newAccount, newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { jobVisit } from '../job.ts'
import { rootVersions } from '../vault/keyring.ts'
import { ROOTS } from '../vault/wrap.ts'
import { createTenant } from './create-tenant.ts'
import { tenantsByShard } from './store.ts'

test('a tenant begins with its fence, its four roots, its policy and one owner', async () => {
  const [tenant, other] = [await newTenant({ preset: 'cliniq' }), await newTenant()]
  const owner = await asOwner(tenant)
  const seen = await owner.run(async (ctx) => ({ tenant: ctx.tenant, role: ctx.actor.kind === 'member' ? ctx.actor.role : null, policy: ctx.policy, progress: await ctx.db.progress() }))
  expect(seen.tenant).toMatchObject({ id: tenant.id, name: tenant.name, preset: 'cliniq' })
  expect(seen.role).toBe('owner')
  expect(seen.policy['mfa.set_by']).toBe('owner_admin')
  expect(seen.progress.eventN).toBe(1)
  const { keyring } = await reachNow()
  for (const root of ROOTS) expect(await rootVersions(keyring, tenant.id, root)).toEqual([1])
  expect(other.id).not.toBe(tenant.id)
})

test('tenants are dealt to the shard that holds the fewest', async () => {
  const { directory } = await reachNow()
  for (let dealt = 0; dealt < 4; dealt += 1) {
    const before = new Map((await directory.read(tenantsByShard(directory))).map(({ shard, n }) => [shard, n]))
    const { shard } = await newTenant()
    expect(before.get(shard) ?? 0).toBe(Math.min(before.get('SHARD_1') ?? 0, before.get('SHARD_2') ?? 0))
  }
})

test('a tenant that was begun and never completed is completed by asking again', async () => {
  const parts = await testParts()
  const { reach } = parts
  const owner = await newAccount('Olga', parts)
  const visit = jobVisit(parts, 'test')
  const away = () => {
    throw new Error('the shard is away')
  }
  const broken = { ...visit, reach: replaced(reach, 'tenantDb', away) }
  const input = { name: 'Twice', kind: 'agency', preset: 'combined', owner } as const
  await expect(createTenant(broken, input)).rejects.toThrow('the shard is away')
  const id = await createTenant(visit, input)
  const { DIRECTORY } = reach.env
  const rows = await DIRECTORY.prepare('select t.id, t.state from tenants t join account_tenants a on a.tenant_id = t.id where a.account_id = ?').bind(owner.accountId).all()
  expect(rows.results).toEqual([{ id, state: 'open' }])
})
