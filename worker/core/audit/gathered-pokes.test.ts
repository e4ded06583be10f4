import { expect, test } from 'vitest'
import { GatheredPokes } from './gathered-pokes.ts'

const told = () => {
  const logs: string[] = []
  return { logs, chain: { poke: async (log: string) => void logs.push(log) } }
}

test('writes of one moment to one log are told of once, after the last of them; another tenant’s log is told of its own', async () => {
  const { logs, chain } = told()
  const pokes = new GatheredPokes()
  const burst = [pokes.poke(chain, 'ten_a', 1000), pokes.poke(chain, 'ten_a', 1001), pokes.poke(chain, 'ten_b', 1001), pokes.poke(chain, 'ten_a', 1010)]
  expect(logs).toEqual([])
  await Promise.all(burst)
  expect(logs.toSorted()).toEqual(['ten_a', 'ten_b'])
})

test('a write is never told of before it was committed: what comes while the log is being told is told of again', async () => {
  const logs: string[] = []
  const pokes = new GatheredPokes()
  const again: Promise<void>[] = []
  const chain = {
    poke: async (log: string): Promise<void> => {
      logs.push(log)
      if (logs.length === 1) again.push(pokes.poke(chain, log, 1005))
    },
  }
  await pokes.poke(chain, 'ten_a', 1000)
  await Promise.all(again)
  expect(logs).toEqual(['ten_a', 'ten_a'])
})

test('a write that died while it waited silences nobody: the next one after a while tells, as does one under a clock set back', async () => {
  const { logs, chain } = told()
  const pokes = new GatheredPokes()
  void pokes.poke({ poke: () => new Promise(() => undefined) }, 'ten_a', 100_000)
  await Promise.all([pokes.poke(chain, 'ten_a', 100_100), pokes.poke(chain, 'ten_a', 102_100)])
  expect(logs).toEqual(['ten_a'])
  void pokes.poke({ poke: () => new Promise(() => undefined) }, 'ten_a', 200_000)
  await pokes.poke(chain, 'ten_a', 100_000)
  expect(logs).toEqual(['ten_a', 'ten_a'])
})

test('messages are waited for as long as was said: a burst of them is told of once, and a page’s write meanwhile is not held up by them', async () => {
  const { logs, chain } = told()
  const [hooks, pages] = [new GatheredPokes(300), new GatheredPokes()]
  const burst = [hooks.poke(chain, 'ten_a', 1000)]
  await pages.poke(chain, 'ten_a', 1001)
  expect(logs).toEqual(['ten_a'])
  burst.push(hooks.poke(chain, 'ten_a', 1100))
  await Promise.all(burst)
  expect(logs).toEqual(['ten_a', 'ten_a'])
})
