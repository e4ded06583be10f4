import { expect, test } from 'vitest'
import { bareTenant, newReach } from '../../../tests/support/audit-scene.ts'
import { chainOf, namesOf, NOON, sha256Hex } from '../../../tests/support/chain-scene.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import { newId } from '../id.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { drainOutbox } from './drain-outbox.ts'
import type { Follower } from './follower.ts'
import type { GuardRow, GuardSource } from './guard-row.ts'

// `!`: what the scene of the test made is there.

/** A guard object's outbox in memory. */
class Guard implements GuardSource {
  rows: GuardRow[] = []
  readonly highs: Record<string, number> = {}
  readonly account = newId('acc', NOON)

  tell(destination: string, number: number, personal: string | null = null): void {
    const n = (this.highs[destination] ?? 0) + 1
    this.highs[destination] = n
    const actor = { kind: 'account', id: this.account, role: null } as const
    this.rows.push({ destination, n, id: newId('evt', NOON), name: 'core.session.opened', subject: this.account, actor, at: NOON + number, meta: { number }, personal })
  }
  async outbox(limit: number) {
    return { rows: this.rows.toSorted((a, b) => a.destination.localeCompare(b.destination) || a.n - b.n).slice(0, limit), highs: { ...this.highs } }
  }
  async released(destination: string, n: number) {
    this.rows = this.rows.filter((row) => row.destination !== destination || row.n > n)
  }
}

const at = (reach: Reach, guard: Guard): Reach =>
  new Proxy(reach, {
    get: (target, key) => {
      if (key === 'guards') return { of: () => guard }
      const real: unknown = Reflect.get(target, key)
      return typeof real === 'function' ? real.bind(target) : real
    },
  })

async function numbersOf(log: string, guard: Guard): Promise<unknown[]> {
  const { entries } = await chainOf(log).query(log, { actor: guard.account }, null, 50)
  return entries.toReversed().map(({ line }) => (JSON.parse(line) as ChainEntry).meta.number) // `as`: a canonical entry
}

test('a guard’s events reach every log they are for, in order, once, and only then leave the guard', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON)]
  const [guard, stranger] = [new Guard(), new Guard()]
  for (const number of [1, 2, 3]) guard.tell(mine.id, number, 'sealed part')
  guard.tell(PLATFORM, 1)
  stranger.tell(theirs.id, 9)
  const drain = () => drainOutbox(at(mine.reach, guard), new Map(), NOON, `account:${guard.account}`)
  await Promise.all([drain(), drain(), drainOutbox(at(mine.reach, stranger), new Map(), NOON, `account:${stranger.account}`)])
  guard.tell(mine.id, 4)
  await drain()
  expect(guard.rows).toEqual([])
  expect(await numbersOf(mine.id, guard)).toEqual([1, 2, 3, 4])
  expect(await numbersOf(theirs.id, guard)).toEqual([])
  expect(await numbersOf(PLATFORM, guard)).toEqual([1])
  const { entries } = await chainOf(mine.id).query(mine.id, {}, 2, 1)
  expect(await chainOf(mine.id).entry(mine.id, entries[0]!.n)).toMatchObject({ personal: 'sealed part', entry: { personal: sha256Hex('sealed part'), tenant: mine.id } })
})

test('a guard that dies before it lets go hands the same rows in again, and nothing doubles', async () => {
  const [mine, guard] = [await bareTenant(NOON), new Guard()]
  guard.tell(mine.id, 1)
  guard.tell(mine.id, 2)
  const kept = [...guard.rows]
  const drain = () => drainOutbox(at(mine.reach, guard), new Map(), NOON, `account:${guard.account}`)
  await drain()
  guard.rows = kept
  await drain()
  expect(await namesOf(mine.id)).toEqual(['core.session.opened', 'core.session.opened'])
})

test('a guard put back to an older state is reported in that log alone', async () => {
  const [mine, theirs, guard] = [await bareTenant(NOON), await bareTenant(NOON), new Guard()]
  for (const number of [1, 2, 3]) guard.tell(mine.id, number)
  guard.tell(theirs.id, 1)
  const drain = () => drainOutbox(at(mine.reach, guard), new Map(), NOON, `account:${guard.account}`)
  await drain()
  guard.highs[mine.id] = 1
  guard.tell(mine.id, 4)
  await drain()
  expect((await namesOf(mine.id)).slice(3)).toEqual(['core.audit.source_rewound', 'core.session.opened'])
  expect(await namesOf(theirs.id)).toEqual(['core.session.opened'])
})

test('a row whose follower fails stays with its guard, though it is sealed', async () => {
  const [mine, guard] = [await bareTenant(NOON), new Guard()]
  guard.tell(mine.id, 1)
  guard.tell(mine.id, 2)
  let broken = true
  const seen: unknown[] = []
  const followers = new Map<string, Follower[]>([['core.session.opened', [async (_reach, _log, body) => {
    if (broken && body.meta.number === 2) throw new TypeError('not now')
    seen.push(body.meta.number)
  }]]])
  const drain = () => drainOutbox(at(mine.reach, guard), followers, NOON, `account:${guard.account}`)
  await expect(drain()).rejects.toMatchObject({ failure: { code: 'unavailable' } })
  expect(guard.rows.map(({ n }) => n)).toEqual([2])
  expect(await numbersOf(mine.id, guard)).toEqual([1, 2])
  broken = false
  await drain()
  expect([seen, guard.rows]).toEqual([[1, 2], []])
})

test('a guard with nothing to tell is left alone', async () => {
  const guard = new Guard()
  await drainOutbox(at(await newReach(), guard), new Map(), NOON, `account:${guard.account}`)
  expect(guard.rows).toEqual([])
})
