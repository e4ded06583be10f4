import { expect, test } from 'vitest'
import { isFault } from '../failure.ts'
import { HashQueue, WAITING_AT_MOST } from './hash-queue.ts'

/** A queue, and work that ends when told to. */
function scene() {
  const queue = new HashQueue()
  const order: string[] = []
  const open = Promise.withResolvers<void>()
  let running = 0
  let most = 0
  const run = (key: string, name = key) =>
    queue
      .run(key, async () => {
        running += 1
        most = Math.max(most, running)
        await open.promise
        order.push(name)
        running -= 1
        return name
      })
      .catch((thrown: unknown) => (isFault(thrown) ? thrown.failure.code : 'other'))
  return { run, order, begin: open.resolve, most: () => most }
}

test('hashes run one at a time, in turn', async () => {
  const { run, begin, most, order } = scene()
  const all = [run('a'), run('b'), run('c')]
  begin()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c'])
  expect(order).toEqual(['a', 'b', 'c'])
  expect(most()).toBe(1)
})

test('the one after eight waiting is told to come back', async () => {
  const { run, begin } = scene()
  const all = Array.from({ length: WAITING_AT_MOST + 2 }, (_, n) => run('a', `a${n}`))
  begin()
  const answers = await Promise.all(all)
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(1)
  expect(answers.at(-1)).toBe('busy')
})

test('an address under attack gives way: another one is next, however many wait before it', async () => {
  const { run, begin, order } = scene()
  const attack = Array.from({ length: WAITING_AT_MOST + 1 }, (_, n) => run('attacked', `try ${n}`))
  const other = run('other')
  begin()
  expect(await other).toBe('other')
  expect(order.slice(0, 2)).toEqual(['try 0', 'other'])
  expect((await Promise.all(attack)).filter((answer) => answer === 'busy')).toHaveLength(1)
})

test('work that throws does not stop the queue', async () => {
  const queue = new HashQueue()
  await expect(queue.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await queue.run('a', () => Promise.resolve('yes'))).toBe('yes')
})
