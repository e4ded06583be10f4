import { expect, test } from 'vitest'
import { newProducer, oregon, saved, wholePassport, type Producer } from '../../../tests/support/producer-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { bindings, drained, entriesOf } from '../../../tests/support/scene.ts'
import { tenantLetter } from '../../core/delivery/module.ts'
import type { Sealed } from '../../core/vault/sealed.ts'
import { addLicence } from './add-licence.ts'
import { changeLicence } from './change-licence.ts'
import { dayOf } from './gaps.ts'
import { closeTenant } from '../../core/tenancy/close-tenant.ts'
import { tenantsToLookAt } from './expiry-store.ts'
import { remindOfExpiries } from './remind-of-expiries.ts'
import { remindProducer } from './remind-producer.ts'

const DAY = 86_400_000
const inDays = async (days: number): Promise<string> => dayOf((await testClock()) + days * DAY)

/** What lies in the queue for this producer, opened. */
async function mailed({ tenant }: Producer): Promise<{ to: string; template: string; params: { expiries: { label: string; left: number }[] } }[]> {
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  const { results } = await shard.prepare("SELECT id, template, content, seal_version AS version FROM deliveries WHERE tenant_id = ? AND template = 'contracting.expiry' ORDER BY created_at, id").bind(tenant.id).all<{ id: string; template: string; content: Sealed; version: number }>()
  return tenant.asJob((ctx) => Promise.all(results.map(async (row) => ({ template: row.template, ...(await ctx.vault.open<{ to: string; params: { expiries: { label: string; left: number }[] } }>(tenantLetter, row.id, { sealed: row.content, sealVersion: row.version })) }))))
}

test('a producer is mailed what comes within its distances, once at each, however often and at once the run is made', async () => {
  const producer = await newProducer()
  const { owner, tenant } = producer
  const now = await testClock()
  await owner.run(async (ctx) => addLicence(ctx, { ...oregon, expiresOn: await inDays(30) }))
  await owner.run(async (ctx) => saved(ctx, { cover: { coverCarrier: 'Lantern', coverPolicyNumber: null, coverExpiresOn: await inDays(85) } }))
  const counts = await Promise.all([1, 2, 3].map(() => tenant.asJob(remindProducer)))
  expect(counts.toSorted()).toEqual([0, 0, 2])
  expect(await tenant.asJob(remindProducer)).toBe(0)
  expect(await mailed(producer)).toMatchObject([{ to: tenant.owner.email, params: { expiries: [{ label: 'Licence in OR', left: 30 }, { label: 'Errors and omissions cover', left: 85 }] } }])
  for (const [after, count] of [[10, 0], [16, 1], [23, 1], [25, 1], [30, 0], [31, 0]] as const) {
    await drained(tenant.id)
    expect([after, await tenant.asJob(remindProducer, now + after * DAY)]).toEqual([after, count])
  }
  expect((await entriesOf(tenant.id, 'contracting.expiry.reminded')).map(({ meta }) => [meta['what'], meta['days']])).toEqual([['licence', 30], ['cover', 90], ['licence', 14], ['licence', 7], ['cover', 60]])
})

test('a renewed licence is told by its new date; one that is no longer active is told no more', async () => {
  const producer = await newProducer()
  const { owner, tenant } = producer
  const licence = await owner.run(async (ctx) => addLicence(ctx, { ...oregon, expiresOn: await inDays(7) }))
  expect(await tenant.asJob(remindProducer)).toBe(1)
  await owner.run(async (ctx) => changeLicence(ctx, licence.id, { ...oregon, expiresOn: await inDays(60) }, 1))
  expect(await tenant.asJob(remindProducer)).toBe(1)
  await owner.run(async (ctx) => changeLicence(ctx, licence.id, { ...oregon, status: 'inactive', expiresOn: await inDays(14) }, 2))
  expect(await tenant.asJob(remindProducer)).toBe(0)
  expect((await mailed(producer)).flatMap(({ params }) => params.expiries.map(({ left }) => left))).toEqual([7, 60])
})

test('the hourly run finds every producer with a day to tell, on every shard, looks at the others not again, and mails nothing twice', async () => {
  const producers = [await newProducer()]
  // Tenants of other tests are made meanwhile: whose turn a shard is cannot be told.
  while (new Set(producers.map(({ tenant }) => tenant.shard)).size < 2) producers.push(await newProducer())
  for (const { owner } of producers) await owner.run(async (ctx) => addLicence(ctx, { ...oregon, expiresOn: await inDays(14) }))
  const quiet = await newProducer()
  await quiet.owner.run(async (ctx) => saved(ctx, { ...wholePassport, cover: { coverCarrier: 'Lantern', coverPolicyNumber: null, coverExpiresOn: await inDays(400) } }))
  for (let left = 1; left > 0; ) left = (await remindOfExpiries(await testParts())).told
  for (const producer of producers) expect(await mailed(producer)).toHaveLength(1)
  expect(await mailed(quiet)).toEqual([])
  const shard = bindings[quiet.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  expect((await shard.prepare('SELECT remind_on AS day FROM passports WHERE tenant_id = ?').bind(quiet.tenant.id).first<{ day: string }>())?.day).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(await remindOfExpiries(await testParts())).toEqual({ told: 0, failed: 0 })
})

test('a producer’s tenant that is closed down is looked at no more, however long its day has passed: it holds up nobody', async () => {
  const [closing, other] = [await newProducer(), await newProducer()]
  for (const { owner } of [closing, other]) await owner.run(async (ctx) => addLicence(ctx, { ...oregon, expiresOn: await inDays(14) }))
  const found = async ({ tenant }: typeof other) => (await tenantsToLookAt((await testParts()).reach.reader(tenant.shard), await inDays(30), tenant.id.slice(0, -1), 1)).includes(tenant.id)
  expect([await found(closing), await found(other)]).toEqual([true, true])
  await closing.tenant.asJob((ctx) => closeTenant(ctx, closing.tenant.name))
  expect([await found(closing), await found(other)]).toEqual([false, true])
})

test('more than one mail can hold is told by the runs after it', async () => {
  const { owner, tenant } = await newProducer()
  const states = ['AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI'] as const
  for (const state of states) await owner.run(async (ctx) => addLicence(ctx, { ...oregon, state, expiresOn: await inDays(20) }))
  expect([await tenant.asJob(remindProducer), await tenant.asJob(remindProducer), await tenant.asJob(remindProducer)]).toEqual([20, 3, 0])
})
