import { expect, test } from 'vitest'
import { chainOf, namesOf, newLog, seal, someRow } from '../../../tests/support/chain-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, drained } from '../../../tests/support/scene.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import { issueApiKey } from '../api/issue-api-key.ts'
import { revokeApiKey } from '../api/revoke-api-key.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { listAuditEntries } from './list-audit-entries.ts'

// `!`: what the scene of the test made is there.

test('[CIQ-58] issuing and revoking a key are entries that show its prefix and never the key', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const { token, key } = await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Nightly export', scopes: ['audit.read'], days: 30 }))
  const prefix = key.prefix.replace('…', '')
  await owner.run((ctx) => revokeApiKey(ctx, key.id))
  await drained(tenant.id)
  const { entries } = await owner.run((ctx) => listAuditEntries(ctx, { event: 'core.api_key' }, null, 9))
  expect(entries.map(({ event, subject, meta }) => [event, subject, meta['prefix']])).toEqual([['core.api_key.revoked', key.id, prefix], ['core.api_key.issued', key.id, prefix]])
  expect(JSON.stringify(entries)).not.toContain(token.split('_').at(-1))
})

test('[SPO-44] a change of a setting is an entry', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.trash_days': 9 } }))
  await Promise.all([drained(tenant.id), drained(other.id)])
  const changes = { event: 'core.policy.changed' }
  expect((await owner.run((ctx) => listAuditEntries(ctx, changes, null, 9))).entries).toMatchObject([{ meta: { fields: 'doc.trash_days' }, actor: { id: tenant.owner.accountId } }])
  expect((await (await asOwner(other)).run((ctx) => listAuditEntries(ctx, changes, null, 9))).count).toBe(0)
})

test('[CAL-33] every entry holds its time, its actor and its tenant; what lacks one of them is not an entry, and a job has a name', async () => {
  const tenant = await newTenant()
  await tenant.someone('member')
  await drained(tenant.id)
  for (const { line } of (await chainOf(tenant.id).query(tenant.id, {}, null, 50)).entries) {
    const entry = JSON.parse(line) as ChainEntry // `as`: a canonical entry
    expect([entry.at > 0, entry.actor.id === '', entry.tenant]).toEqual([true, false, tenant.id])
  }
  const { entries } = await chainOf(tenant.id).query(tenant.id, { name: 'core.member.joined' }, null, 1)
  expect(JSON.parse(entries[0]!.line)).toMatchObject({ actor: { kind: 'system', id: 'test' } })

  const log = newLog()
  const lacking = (n: number, over: object) => {
    const row = someRow(log, n)
    return { ...row, body: JSON.stringify({ ...(JSON.parse(row.body) as object), ...over }) } // `as`: an entry's body
  }
  await seal(log, [lacking(1, { at: null }), lacking(2, { actor: { kind: 'member', id: '', role: null } }), lacking(3, { tenant: null })])
  expect(await namesOf(log)).toEqual(['core.audit.forged', 'core.audit.forged', 'core.audit.forged'])
})
