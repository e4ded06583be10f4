import { expect, test } from 'vitest'
import { sixAtOnce } from './six-at-once.ts'

test('of twenty things six are asked for at a time, and the answers come in the order of the things', async () => {
  const open = { now: 0, most: 0 }
  const answers = await sixAtOnce(Array.from({ length: 20 }, (_, at) => at), async (at) => {
    open.now += 1
    open.most = Math.max(open.most, open.now)
    await scheduler.wait(at % 3)
    open.now -= 1
    return at * 2
  })
  expect(answers).toEqual(Array.from({ length: 20 }, (_, at) => at * 2))
  expect(open).toEqual({ now: 0, most: 6 })
})

test('nothing is asked for where there is nothing, and what fails fails for whoever waits', async () => {
  expect(await sixAtOnce([], async () => 1)).toEqual([])
  await expect(sixAtOnce([1, 2], async (n) => (n === 2 ? Promise.reject(new Error('no')) : n))).rejects.toThrow('no')
})
