import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { clock } from '../tests/support/clock.ts'
import { newLog } from '../tests/support/chain-scene.ts'
import type { Timers } from './timers.ts'

const { TIMERS } = env as unknown as { TIMERS: DurableObjectNamespace<Timers> } // the bindings are made in vitest.config.ts
const timersOf = (tenant: string): DurableObjectStub<Timers> => TIMERS.get(TIMERS.idFromName(tenant))
const HOUR = 3_600_000

const waiting = (tenant: string) =>
  runInDurableObject(timersOf(tenant), async (_object, state) => ({
    due: state.storage.sql.exec<{ due_at: number }>('SELECT due_at FROM timers ORDER BY due_at').toArray().map(({ due_at }) => due_at),
    alarm: await state.storage.getAlarm(),
  }))

test('the alarm stands at the earliest timer, whatever order they came in, and one tenant’s are no other’s', async () => {
  const [mine, theirs] = [newLog(), newLog()]
  const now = Date.now()
  await timersOf(mine).set(mine, now, 'run-due', now + 3 * HOUR)
  await timersOf(mine).set(mine, now, 'run-due', now + HOUR)
  await timersOf(mine).set(mine, now, 'run-due', now + 2 * HOUR)
  await timersOf(mine).set(mine, now, 'run-due', now + HOUR)
  const { due, alarm } = await waiting(mine)
  expect(due).toEqual([now + HOUR, now + 2 * HOUR, now + 3 * HOUR])
  expect(Math.abs(alarm! - (now + HOUR))).toBeLessThan(60_000)
  expect((await waiting(theirs)).due).toEqual([])
})

test('what is due rings once and goes; what is not stays and has the alarm', async () => {
  const tenant = newLog()
  const now = Date.now()
  await timersOf(tenant).set(tenant, now, 'run-due', now + HOUR)
  await timersOf(tenant).set(tenant, now, 'run-due', now + 2 * HOUR)
  clock.aheadMs = HOUR + 1000
  try {
    await runDurableObjectAlarm(timersOf(tenant))
  } finally {
    clock.aheadMs = 0
  }
  expect((await waiting(tenant)).due).toEqual([now + 2 * HOUR])
})

test('under a clock that runs ahead the alarm is set where the platform’s clock will be', async () => {
  const tenant = newLog()
  const ahead = Date.now() + 24 * HOUR
  await timersOf(tenant).set(tenant, ahead, 'run-due', ahead + HOUR)
  const { alarm } = await waiting(tenant)
  expect(Math.abs(alarm! - (Date.now() + HOUR))).toBeLessThan(60_000)
})

test('a wake that fails is kept for later', async () => {
  const tenant = newLog()
  const now = Date.now()
  await timersOf(tenant).set(tenant, now, 'announce-nothing' as never, now - 1)
  await runInDurableObject(timersOf(tenant), async (object, state) => {
    Object.defineProperty(object, 'ctx', { value: { ...state, storage: state.storage, exports: { Verbs: { now: async () => now, wake: async () => Promise.reject(new Error('away')) } } } })
    await object.alarm()
  })
  const { due } = await waiting(tenant)
  expect(due).toHaveLength(1)
  expect(due[0]).toBeGreaterThan(now)
})

test('while the clock cannot be read nothing is lost: the alarm stands again, for this tenant and no other', async () => {
  const [tenant, other] = [newLog(), newLog()]
  const now = Date.now()
  await timersOf(tenant).set(tenant, now, 'run-due', now + HOUR)
  await runInDurableObject(timersOf(tenant), async (object, state) => {
    await state.storage.deleteAlarm()
    Object.defineProperty(object, 'ctx', { value: { ...state, storage: state.storage, exports: { Verbs: { now: async () => Promise.reject(new Error('away')) } } } })
    await expect(object.alarm()).rejects.toThrow('away')
  })
  const { due, alarm } = await waiting(tenant)
  expect(due).toEqual([now + HOUR])
  expect(alarm! - Date.now()).toBeGreaterThan(0)
  expect(alarm! - Date.now()).toBeLessThan(60_000)
  expect((await waiting(other)).alarm).toBeNull()
})

test('a tenant that is gone leaves no timer and no alarm', async () => {
  const tenant = newLog()
  const now = Date.now()
  await timersOf(tenant).set(tenant, now, 'run-due', now + HOUR)
  await timersOf(tenant).clear()
  expect(await waiting(tenant)).toEqual({ due: [], alarm: null })
})
