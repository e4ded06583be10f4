import { expect, test } from 'vitest'
import { newProducer, saved, submitted, submittedPassport, wholePassport, type Producer } from '../../../tests/support/producer-scene.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { bindings, drained, reachNow } from '../../../tests/support/scene.ts'
import { contractingModule } from '../module.ts'
import { closeTenant } from '../../core/tenancy/close-tenant.ts'
import { destroyTenant } from '../../core/tenancy/destroy-tenant.ts'
import { moveTenant } from '../../core/tenancy/move-tenant.ts'
import { rotateSealRoot } from '../../core/tenancy/rotate-seal-root.ts'
import { tenantTables } from '../../core/tenancy/shard-tables.ts'
import { sealedTables, sweepSealRoot } from '../../core/tenancy/sweep-seal-root.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { ownReveal } from './module.ts'
import { openSnapshot } from './open-snapshot.ts'
import { makeCalendarFeed } from './make-calendar-feed.ts'
import { remindProducer } from './remind-producer.ts'

const DAY = 86_400_000

/** A passport with two submitted versions and a draft, a reminder and a feed. */
async function lived(): Promise<Producer & { versions: string[] }> {
  const producer = await newProducer()
  const first = await submittedPassport(producer)
  await producer.owner.run((ctx) => saved(ctx, { tax: { ssn: '078051121', forget: [] } }))
  const second = await producer.owner.run(submitted)
  await producer.owner.run(async (ctx) => saved(ctx, { cover: { ...wholePassport.cover!, coverExpiresOn: new Date(ctx.now + 20 * DAY).toISOString().slice(0, 10) } }))
  await producer.tenant.asJob(remindProducer)
  await producer.owner.run(makeCalendarFeed)
  return { ...producer, versions: [first.versionId, second.versionId] }
}

const opened = ({ tenant, versions }: Producer & { versions: string[] }) => Promise.all(versions.map((id) => tenant.asJob((ctx) => openSnapshot(ctx, id, grantReveal(ownReveal)))))

test('a rotation moves every version and every secret to the new root, and what was submitted still says the same', async () => {
  const producer = await lived()
  const before = await opened(producer)
  expect(before.map(({ parts }) => parts.secret.ssn)).toEqual(['219099999', '078051121'])
  await producer.tenant.asJob((ctx) => rotateSealRoot(ctx, 'schedule'))
  for (let runs = 0; !(await sweepSealRoot(await testParts(), sealedTables([contractingModule]), producer.tenant.id)) && runs < 20; ) runs += 1
  const shard = bindings[producer.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: there are two
  for (const table of ['passport_versions', 'passport_secrets', 'licences']) expect([table, (await shard.prepare(`SELECT DISTINCT seal_version AS v FROM ${table} WHERE tenant_id = ?`).bind(producer.tenant.id).all<{ v: number }>()).results]).toEqual([table, [{ v: 2 }]])
  expect(await opened(producer)).toEqual(before)
})

test('a producer moves to another shard with its versions, and its neighbour stays', async () => {
  const [producer, other] = [await lived(), await lived()]
  const [before, theirs] = [await opened(producer), await opened(other)]
  await drained(producer.tenant.id)
  await moveTenant({ ...(await testParts()), drain: drained }, producer.tenant.id, producer.tenant.shard === 'SHARD_1' ? 'SHARD_2' : 'SHARD_1')
  expect(await opened(producer)).toEqual(before)
  expect(await opened(other)).toEqual(theirs)
})

test('a producer that closes its tenant leaves no row of its passport behind', async () => {
  const { tenant, owner } = await lived()
  await drained(tenant.id)
  await owner.runConfirmed((ctx) => closeTenant(ctx, tenant.name))
  await drained(tenant.id)
  expect(await destroyTenant(await testParts((await testParts()).now + 31 * DAY), tenant.id)).toBe(true)
  const shard = (await reachNow()).shard(tenant.shard)
  for (const { name } of await tenantTables(shard)) expect([name, await shard.prepare(`SELECT count(*) AS n FROM ${name} WHERE tenant_id = ?`).bind(tenant.id).first('n')]).toEqual([name, 0])
})
