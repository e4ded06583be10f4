import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { chainOf, newLog, seal, someRows } from '../tests/support/chain-scene.ts'

test('a trigger that was dropped, or emptied under its own name, is seen; another log has all of its own', async () => {
  const [log, other] = [newLog(), newLog()]
  await seal(log, someRows(log, 1, 1))
  await seal(other, someRows(other, 1, 1))
  const missing = async (of: string) => {
    const { expected, present } = await chainOf(of).triggers()
    return expected.filter((text) => !present.includes(text)).map((text) => text.split(' ')[2])
  }
  await runInDurableObject(chainOf(log), (_object, state) => void state.storage.sql.exec('DROP TRIGGER entries_no_update'))
  expect(await missing(log)).toEqual(['entries_no_update'])
  await runInDurableObject(chainOf(log), (_object, state) => void state.storage.sql.exec('CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT 1; END'))
  expect(await missing(log)).toEqual(['entries_no_update'])
  expect(await missing(other)).toEqual([])
})
