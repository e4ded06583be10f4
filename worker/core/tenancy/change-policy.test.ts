import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, drained, entriesOf, failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { changePolicy } from './change-policy.ts'
import { policyFields, presetNames, presets, type PolicyKey } from './contract.ts'
import { listMembers } from './list-members.ts'
import { changedKeys, floorBreaches, strictest } from './policy.ts'
import { readPolicy } from './read-policy.ts'
import { renameTenant } from './rename-tenant.ts'

test('a tightened value is in force for everybody at the very next request, and the entry names the field but no value', async () => {
  const tenant = await newTenant()
  const [owner, member] = [await asOwner(tenant), await asMember(tenant)]
  expect(await owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.url_ttl_min': 5, 'session.idle_days': 2 } }))).toBe(2)
  const seen = await member.run(async (ctx) => {
    await listMembers(ctx, { limit: 1 })
    return ctx.policy['doc.url_ttl_min']
  })
  expect(seen).toBe(5)
  expect(await entriesOf(tenant.id, 'core.policy.changed')).toMatchObject([{ meta: { version: 2, fields: 'session.idle_days,doc.url_ttl_min' } }])
  const { terms } = await (await reachNow()).guards.of((await tenant.someone('member')).accountId).recall()
  expect(terms.idleMs).toBe(2 * 86_400_000)
})

test('a value below the preset’s floor or outside its bounds is refused beside its field, and nothing changes', async () => {
  const tenant = await newTenant({ preset: 'callintel' })
  const owner = await asOwner(tenant)
  const refused = (values: Partial<Record<PolicyKey, string | number>>) => failureOf(owner.run((ctx) => changePolicy(ctx, { version: 1, values })))
  expect(await refused({ 'tls.min': '1.2' })).toMatchObject({ code: 'invalid', errors: [{ pointer: '/tls.min' }] })
  expect(await refused({ 'auth.lockout.minutes': 15 })).toMatchObject({ code: 'invalid', errors: [{ pointer: '/auth.lockout.minutes' }] })
  expect(await refused({ 'session.idle_days': 700 })).toMatchObject({ code: 'invalid', errors: [{ pointer: '/session.idle_days' }] })
  expect(await refused({ 'audit.retention_years': 2 })).toMatchObject({ code: 'invalid', errors: [{ pointer: '/audit.retention_years' }] })
  expect(await owner.run(readPolicy)).toMatchObject({ version: 1, versions: [{ version: 1 }] })
})

test('two people who change the policy at once do not overwrite each other', async () => {
  const tenant = await newTenant()
  const [one, two] = [await asOwner(tenant), await asOwner(tenant)]
  const outcomes = await Promise.all([one, two].map((owner, n) => failureOf(owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.trash_days': 7 + n } })))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  expect(['precondition_failed', 'conflict']).toContain(outcomes.find((failure) => failure !== null)?.code)
  expect((await one.run(readPolicy)).versions.map(({ version, fields }) => [version, fields])).toEqual([[2, ['doc.trash_days']], [1, []]])
})

test('the owner alone changes the policy; an admin reads it with a recent proof, and requires two-factor sign-in where the policy lets it', async () => {
  const [tenant, cliniq] = [await newTenant(), await newTenant({ preset: 'cliniq' })]
  const values = { 'mfa.mode': 'required' } as const
  expect(await failureOf((await asMember(tenant)).run(readPolicy))).toMatchObject({ code: 'role_required' })
  expect(await (await asAdmin(tenant)).run(readPolicy)).toMatchObject({ mayChange: false, mayRequireMfa: false })
  expect(await failureOf((await asAdmin(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values })))).toMatchObject({ code: 'role_required' })
  const admin = await asAdmin(cliniq)
  expect(await admin.run(readPolicy)).toMatchObject({ mayChange: false, mayRequireMfa: true })
  expect(await failureOf(admin.run((ctx) => changePolicy(ctx, { version: 1, values: { ...values, 'doc.trash_days': 3 } })))).toMatchObject({ code: 'role_required' })
  expect(await admin.run((ctx) => changePolicy(ctx, { version: 1, values }))).toBe(2)
  expect(await failureOf(admin.run(readPolicy))).toMatchObject({ code: 'mfa_enrolment_required' })
})

test('another tenant’s policy is its own, and every version stays as it was', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await (await asOwner(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.trash_days': 3 } }))
  expect((await (await asOwner(other)).run(readPolicy)).policy['doc.trash_days']).toBe(30)
  const shard = (await reachNow()).shard(tenant.shard)
  await expect(shard.prepare("update policy_versions set document = '{}' where tenant_id = ?").bind(tenant.id).run()).rejects.toThrow('append_only')
})

test('a new name shows everywhere its members look, and not in the log', async () => {
  const [tenant, other] = [await newTenant({ name: 'Before' }), await newTenant({ name: 'Neighbour' })]
  const member = await asMember(tenant)
  await (await asAdmin(tenant)).run((ctx) => renameTenant(ctx, 'After'))
  await drained(tenant.id)
  expect((await (await member.door()).door.seats()).active?.name).toBe('After')
  expect(await failureOf(member.run((ctx) => renameTenant(ctx, 'Mine')))).toMatchObject({ code: 'role_required' })
  expect(JSON.stringify(await entriesOf(tenant.id, 'core.tenant'))).not.toMatch(/After|Before/)
  expect((await (await (await signedIn(other.owner, other.id)).door()).door.seats()).active?.name).toBe('Neighbour')
})

test('no preset is below its own floor, and no single loosening of an ordered value passes', () => {
  for (const preset of presetNames) {
    expect(floorBreaches(preset, presets[preset])).toEqual([])
    for (const key of Object.keys(policyFields) as PolicyKey[]) {
      const field = policyFields[key]
      const floor = presets[preset][key]
      const looser = field.kind === 'number' ? looserNumber(field, Number(floor)) : field.ordered ? field.options[(field.options as readonly string[]).indexOf(String(floor)) - 1] : undefined
      if (looser === undefined) continue
      expect(floorBreaches(preset, { ...presets[preset], [key]: looser }).map((breach) => breach.key), `${preset} ${key}`).toContain(key)
    }
  }
})

test('the strictest of several policies is as strict as each, whatever their order', () => {
  const some = fc.array(fc.constantFrom(...presetNames), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(some, (names) => {
      const policies = names.map((name) => presets[name])
      const merged = strictest(policies)
      const ordered = (Object.keys(policyFields) as PolicyKey[]).filter((key) => ('ordered' in policyFields[key] ? policyFields[key].ordered : policyFields[key].tighter !== null))
      expect(changedKeys(strictest([...policies].reverse()), merged).filter((key) => ordered.includes(key))).toEqual([])
      for (const name of names) expect(floorBreaches(name, { ...presets[name], ...Object.fromEntries(ordered.map((key) => [key, merged[key]])) })).toEqual([])
    }),
  )
})

function looserNumber(field: { tighter: 'lower' | 'higher' | null; min: number; max: number }, floor: number): number | undefined {
  if (field.tighter === 'lower') return floor + 1
  if (field.tighter === 'higher') return floor - 1
  return undefined
}
