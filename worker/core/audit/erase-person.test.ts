import { expect, test } from 'vitest'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asOwner, drained, failureOf } from '../../../tests/support/scene.ts'
import type { Ctx } from '../ctx.ts'
import { jobVisit } from '../job.ts'
import { openOrigin } from '../origin.ts'
import { tenantRenamed } from '../tenancy/module.ts'
import { erasePerson } from './erase-person.ts'
import { listAuditEntries } from './list-audit-entries.ts'
import { openAuditEntry } from './open-audit-entry.ts'

// `!`: what the scene of the test made is there.

const rename = (ctx: Ctx) => ctx.commit([], tenantRenamed(ctx.tenant.id, {}))
const numbers = async (ctx: Ctx) => (await listAuditEntries(ctx, { event: 'core.tenant.renamed' }, null, 9)).entries.map(({ n, actor }) => ({ n, by: actor.id }))

test('a person’s addresses and reasons go from every log, copies of a log included; entries and everybody else’s stay', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [admin, owner] = [await asAdmin(tenant), await asOwner(tenant)]
  await admin.run(rename)
  await owner.run(rename)
  await (await asOwner(other)).run(rename)
  await Promise.all([drained(tenant.id), drained(other.id)])
  const person = (await tenant.someone('admin')).accountId
  const entries = await owner.run(numbers)
  const n = entries.find(({ by }) => by === person)!.n
  const visit = jobVisit(await testParts(), 'test')
  const copy = (await visit.reach.chain.entry(tenant.id, n))!.personal!
  expect(await openOrigin(visit.platformVault, copy)).toMatchObject({ ip: '203.0.113.7' })

  expect(await erasePerson(visit, person, [tenant.id])).toBeGreaterThan(0)
  expect(await failureOf(owner.run((ctx) => openAuditEntry(ctx, n)))).toMatchObject({ code: 'gone' })
  expect(await openOrigin(visit.platformVault, copy)).toBeNull()
  const theirs = entries.find(({ by }) => by === tenant.owner.accountId)!.n
  expect(await owner.run((ctx) => openAuditEntry(ctx, theirs))).toMatchObject({ ip: '203.0.113.7' })
  expect(await owner.run((ctx) => listAuditEntries(ctx, { event: 'core.audit.personal_erased' }, null, 9))).toMatchObject({ count: 1 })
  expect(await (await asOwner(other)).run((ctx) => listAuditEntries(ctx, { event: 'core.audit.personal_erased' }, null, 9))).toMatchObject({ count: 0 })
  expect(await erasePerson(visit, person, [tenant.id])).toBe(0)
})
