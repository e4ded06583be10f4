import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { chainOf, newLog, seal, someRows } from '../tests/support/chain-scene.ts'

test('while the clock cannot be read the alarm of a log stands again, for this log and no other', async () => {
  const [log, other] = [newLog(), newLog()]
  await seal(log, someRows(log, 1, 2))
  await chainOf(other).status(other)
  await runInDurableObject(chainOf(log), async (object, state) => {
    await state.storage.deleteAlarm()
    const before = Reflect.get(object, 'ctx')
    Object.defineProperty(object, 'ctx', { configurable: true, value: { storage: state.storage, exports: { Verbs: { now: async () => Promise.reject(new Error('away')) } } } })
    await expect(object.alarm()).rejects.toThrow('away')
    Object.defineProperty(object, 'ctx', { configurable: true, value: before })
    expect(await state.storage.getAlarm()).toBeGreaterThan(Date.now())
  })
  expect(await runInDurableObject(chainOf(other), (_object, state) => state.storage.getAlarm())).toBeNull()
})
