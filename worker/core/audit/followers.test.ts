import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { chainOf } from '../../../tests/support/chain-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { drained } from '../../../tests/support/scene.ts'

const terms = (log: string) => runInDurableObject(chainOf(log), (_object, state) => state.storage.sql.exec('SELECT entries_ms, personal_ms FROM terms').toArray())

test('a log learns from its tenant’s policy how long to keep what', async () => {
  const [life, years] = [await newTenant({ preset: 'combined' }), await newTenant({ preset: 'inforcedesk' })]
  await Promise.all([drained(life.id), drained(years.id)])
  expect(await terms(life.id)).toEqual([{ entries_ms: null, personal_ms: 365 * 86_400_000 }])
  expect(await terms(years.id)).toEqual([{ entries_ms: 7 * 365.25 * 86_400_000, personal_ms: expect.any(Number) }])
})
