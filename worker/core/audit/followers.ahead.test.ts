import { runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { chainOf } from '../../../tests/support/chain-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, drained, failureOf } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../reach.ts'
import type { PresetName } from '../tenancy/contract.ts'
import { changePolicy } from '../tenancy/change-policy.ts'

const DAY_MS = 86_400_000
const terms = (log: string) => runInDurableObject(chainOf(log), (_object, state) => state.storage.sql.exec('SELECT entries_ms, personal_ms FROM terms').toArray())

/** A tenant whose first entries are signed for, as they are a minute after they were made. */
async function signedTenant(preset: PresetName) {
  const tenant = await newTenant({ preset })
  await drained(tenant.id)
  await chainOf(tenant.id).checkpoint(tenant.id, await testClock())
  return tenant
}

/** The same log that many years and days later, by the calendar, once its alarm has rung. */
async function later<T>(log: string, years: number, days: number, look: () => Promise<T>): Promise<T> {
  const then = new Date()
  then.setUTCFullYear(then.getUTCFullYear() + years)
  clock.aheadMs = then.getTime() + days * DAY_MS - Date.now()
  try {
    await chainOf(log).poke(log, await testClock())
    const isQuiet = () => runInDurableObject(chainOf(log), async (_object, state) => state.storage.sql.exec('SELECT 1 FROM jobs WHERE due_at <= ?', await testClock()).toArray().length === 0)
    await expect.poll(isQuiet, { timeout: 15_000 }).toBe(true)
    return await look()
  } finally {
    clock.aheadMs = 0
  }
}

/** The cron that carries out every retention rule, at the test clock's time. */
async function hourlyCron(): Promise<void> {
  const { default: worker } = exports as unknown as { default: { scheduled(event: { cron: string; scheduledTime: Date }): Promise<unknown> } } // `as`: typed by the entry file
  await worker.scheduled({ cron: '0 * * * *', scheduledTime: new Date(await testClock()) })
}

const first = (log: string) => async () => (await chainOf(log).entry(log, 1))?.name ?? null

test('a log learns from its tenant’s policy how long to keep what, and again when the policy changes', async () => {
  const [life, years] = [await signedTenant('combined'), await signedTenant('inforcedesk')]
  expect(await terms(life.id)).toEqual([{ entries_ms: null, personal_ms: 365 * DAY_MS }])
  expect(await terms(years.id)).toEqual([{ entries_ms: 7 * 365.25 * DAY_MS, personal_ms: 365 * DAY_MS }])
  await (await asOwner(years)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 9, 'audit.ip_days': 60 } }))
  await drained(years.id)
  expect(await terms(years.id)).toEqual([{ entries_ms: 9 * 365.25 * DAY_MS, personal_ms: 60 * DAY_MS }])
  expect(await terms(life.id)).toEqual([{ entries_ms: null, personal_ms: 365 * DAY_MS }])
})

test('[CIQ-63] an entry is there two years and 364 days later, and no policy may keep it for less than three years', async () => {
  const tenant = await signedTenant('contractiq')
  await drained(PLATFORM)
  const afterCron = async () => {
    await hourlyCron()
    return first(tenant.id)()
  }
  expect(await later(tenant.id, 2, 364, afterCron)).toBe('core.tenant.created')
  const owner = await asOwner(tenant)
  const typed = await owner.call('/policy', { form: { version: '1', 'audit.retention_years': '2' }, headers: { Accept: 'text/html' } })
  expect([typed.status, /name="audit\.retention_years"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*name="audit\.retention_years"/.test(await typed.text())]).toEqual([422, true])
  const refused = await failureOf(owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 2 } })))
  expect(refused).toMatchObject({ code: 'invalid', errors: [{ pointer: '/audit.retention_years' }] })
})

test('[IFD-102] kept for seven years by default; then gone by the log’s own alarm alone, which says so', async () => {
  const [tenant, life] = [await signedTenant('inforcedesk'), await signedTenant('combined')]
  expect(await later(tenant.id, 6, 364, first(tenant.id))).toBe('core.tenant.created')
  expect(await later(tenant.id, 7, 1, first(tenant.id))).toBeNull()
  const { entries } = await chainOf(tenant.id).query(tenant.id, { name: 'core.audit.retired' }, null, 5)
  expect(entries).toHaveLength(1)
  expect(await later(life.id, 7, 1, first(life.id))).toBe('core.tenant.created')
})

test('addresses and browsers go when the policy says, entries stay', async () => {
  const tenant = await signedTenant('callintel')
  const parts = () => runInDurableObject(chainOf(tenant.id), (_object, state) => state.storage.sql.exec('SELECT 1 FROM personal').toArray().length)
  await (await asOwner(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.trash_days': 9 } }))
  await drained(tenant.id)
  expect(await parts()).toBeGreaterThan(0)
  expect(await later(tenant.id, 0, 29, parts)).toBeGreaterThan(0)
  expect(await later(tenant.id, 0, 32, parts)).toBe(0)
  expect(await first(tenant.id)()).toBe('core.tenant.created')
})
