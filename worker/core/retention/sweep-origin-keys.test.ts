import { expect, test } from 'vitest'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asOwner } from '../../../tests/support/scene.ts'
import { auditModule } from '../audit/module.ts'
import { newId } from '../id.ts'
import { openOrigin, sealOrigin } from '../origin.ts'
import { PLATFORM } from '../reach.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { createSalt, readSalt } from '../vault/salts.ts'
import { sweepOriginKeys } from './sweep-origin-keys.ts'

const DAY = 86_400_000
const parts = await testParts()
const { bucket } = parts.reach.keyring
const keepMs = 365 * DAY
const month = (daysAgo: number) => new Date(parts.now - daysAgo * DAY).toISOString().slice(0, 7)
const saltOf = (person: string, daysAgo: number) => ({ tenant: PLATFORM, kind: 'person', id: `${person}.${month(daysAgo)}` })
const sweep = (over: { keepMs?: number; cursor?: string | null; budget?: number } = {}) => sweepOriginKeys.run(parts, { keepMs, cursor: null, budget: 20_000, ...over })

test('the rule stands in the manifest, with the period the sweep is given', () => {
  expect(auditModule.retention.find(({ name }) => name === sweepOriginKeys.rule)).toMatchObject({ keep: { ms: keepMs }, then: 'key destroyed' })
})

test('the key of a person-month goes once its last day is past the time; a younger month, and other people’s, stay readable', async () => {
  const [old, young] = [newId('acc', parts.now), newId('acc', parts.now)]
  const vault = parts.reach.vault(PLATFORM, 1, parts.now)
  const origin = { ip: '203.0.113.7', userAgent: 'a test', reason: null }
  const copies = await Promise.all([[old, 397], [young, 364]].map(([person, days]) => sealOrigin(vault, String(person), parts.now - Number(days) * DAY, origin)))
  const { done, failed, cursor } = await sweep()
  expect([done > 0, failed, cursor]).toEqual([true, 0, null])
  expect(await Promise.all(copies.map((copy) => openOrigin(vault, copy)))).toEqual([null, origin])
  expect((await sweep()).done).toBe(0)
})

test('what lies under another kind or another tenant is not this rule’s', async () => {
  const others = [{ tenant: PLATFORM, kind: 'document', id: `doc.${month(800)}` }, { tenant: newId('ten', parts.now), kind: 'person', id: `acc.${month(800)}` }]
  for (const id of others) await createSalt(bucket, id)
  await sweep()
  for (const id of others) expect(await readSalt(bucket, id)).not.toBeNull()
})

test('a run that reaches its budget goes on where it stopped', async () => {
  const people = Array.from({ length: 6 }, () => newId('acc', parts.now))
  for (const person of people) await createSalt(bucket, saltOf(person, 800))
  let [cursor, done, runs]: [string | null, number, number] = [null, 0, 0]
  do {
    const swept = await sweep({ cursor, budget: 4 })
    ;[cursor, done, runs] = [swept.cursor, done + swept.done, runs + 1]
  } while (cursor !== null)
  expect(done).toBe(6)
  expect(runs).toBeGreaterThan(1)
})

test('a tenant that keeps addresses longer keeps everybody’s key as long: one key serves the logs of all', async () => {
  const person = newId('acc', parts.now)
  await createSalt(bucket, saltOf(person, 800))
  const tenant = await newTenant()
  await (await asOwner(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.ip_days': 900 } }))
  await sweep()
  expect(await readSalt(bucket, saltOf(person, 800))).not.toBeNull()
  await createSalt(bucket, saltOf(person, 3000))
  await sweep()
  expect(await readSalt(bucket, saltOf(person, 3000))).toBeNull()
})
