import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, drained, failureOf, signedIn } from '../../../tests/support/scene.ts'
import type { Ctx } from '../ctx.ts'
import { tenantRenamed } from '../tenancy/module.ts'
import { listAuditEntries } from './list-audit-entries.ts'
import { openAuditEntry } from './open-audit-entry.ts'
import { readAuditEntry } from './read-audit-entry.ts'

// `!`: what the scene of the test made is there.

const newest = (event: string) => async (ctx: Ctx) => (await listAuditEntries(ctx, { event }, null, 1)).entries[0]!.n // the test made one

async function changed() {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  await owner.run((ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {})))
  await drained(tenant.id)
  return { tenant, owner, n: await owner.run(newest('core.tenant.renamed')) }
}

test('[CLN-41] an entry holds who, from which address and when; reading the address is an entry of its own', async () => {
  const { tenant, owner, n } = await changed()
  const parts = await owner.run((ctx) => openAuditEntry(ctx, n))
  expect(parts).toEqual({ ip: '203.0.113.7', userAgent: 'a test', reason: null })
  await drained(tenant.id)
  const entry = await owner.run((ctx) => readAuditEntry(ctx, n))
  expect(entry).toMatchObject({ actor: { id: tenant.owner.accountId }, personalState: 'sealed' })
  expect(entry.at).toBeGreaterThan(0)
  const opened = await owner.run((ctx) => listAuditEntries(ctx, { event: 'core.audit.entry_opened' }, null, 5))
  expect(opened.entries).toMatchObject([{ subject: entry.id, meta: { number: n }, actor: { id: tenant.owner.accountId } }])
})

test('no entry holds an address, a browser or a reason in clear', async () => {
  const { owner, n } = await changed()
  const entry = JSON.stringify(await owner.run((ctx) => readAuditEntry(ctx, n)))
  expect(entry).not.toContain('203.0.113.7')
  expect(entry).not.toContain('a test')
})

test('a member, a foreign tenant and a proof of long ago open nothing', async () => {
  const [{ tenant, n }, other] = [await changed(), await newTenant()]
  expect(await failureOf((await asMember(tenant)).run((ctx) => openAuditEntry(ctx, n)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asAdmin(tenant, { proven: false })).run((ctx) => openAuditEntry(ctx, n)))).toMatchObject({ code: 'step_up_required', mode: 'recent' })
  expect(await failureOf((await asOwner(other)).run((ctx) => openAuditEntry(ctx, n + 1000)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await signedIn(await tenant.someone('viewer'), tenant.id)).run((ctx) => readAuditEntry(ctx, n)))).toMatchObject({ code: 'role_required' })
})

test('a destroyed part is gone for good, and the entry says so', async () => {
  const { tenant, owner, n } = await changed()
  await owner.run((ctx) => ctx.reach.chain.erasePersonal(tenant.id, ctx.now, { account: tenant.owner.accountId }))
  expect(await failureOf(owner.run((ctx) => openAuditEntry(ctx, n)))).toMatchObject({ code: 'gone' })
  expect(await owner.run((ctx) => readAuditEntry(ctx, n))).toMatchObject({ personalState: 'erased' })
})
