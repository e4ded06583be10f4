import type { JobParts } from '../core/job.ts'
import { PLATFORM, type Reach } from '../core/reach.ts'
import type { Scene } from './scene.ts'
import { unsealedTenants } from './store.ts'

/** Rounds of waking before the clock gives up waiting for quiet: something then fails each time it is tried. */
const ROUNDS = 12

/** What moving the clock came to. `waiting` is what still was not done at the end; it is tried again by the next minute. */
export type Advanced = { readonly now: number; readonly aheadMs: number; readonly rounds: number; readonly waiting: number }

/**
 * Move the sandbox's clock forward, run each cron once at the new time, wake every tenant and account, and return when
 * nothing is due.
 */
export async function advanceClock(scene: Scene, seconds: number): Promise<Advanced> {
  const before = await scene.store.aheadMs()
  // What is not sealed yet would be as old as the jump, and a log that lags refuses changes.
  if (seconds > 0) await untilQuiet(scene, scene.now)
  const aheadMs = seconds > 0 ? await scene.store.advance(seconds * 1000) : before
  const now = scene.now + (aheadMs - before)
  const beside = new Beside(scene.reach, now)
  for (const cron of scene.house.crons) await scene.house.runCron(beside, cron)
  await beside.settled()
  return { now, aheadMs, ...(await untilQuiet(scene, now)) }
}

async function untilQuiet(scene: Scene, now: number): Promise<Pick<Advanced, 'rounds' | 'waiting'>> {
  for (let rounds = 1; ; rounds += 1) {
    const beside = new Beside(scene.reach, now)
    const { tenants, accounts } = await scene.store.everybody()
    for (const account of accounts) await scene.house.wake(beside, 'drain-guard', `account:${account}`)
    for (const tenant of [PLATFORM, ...tenants]) {
      await scene.house.wake(beside, 'run-due', tenant)
      await scene.house.wake(beside, 'drain-outbox', tenant)
      // The log's own alarm stands by the old clock: this sets it by the new one.
      await scene.reach.chain.poke(tenant, now)
    }
    await beside.settled()
    const waiting = await waitingAt(scene, now)
    if (waiting === 0 || rounds === ROUNDS) return { rounds, waiting }
  }
}

/** What a job has, with the work it leaves for later collected, so that moving the clock can wait for it. */
class Beside implements JobParts {
  readonly reach: Reach
  readonly now: number
  readonly #works: Promise<unknown>[] = []
  readonly later = (work: () => Promise<unknown>): void => void this.#works.push(work())

  constructor(reach: Reach, now: number) {
    this.reach = reach
    this.now = now
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#works.splice(0))
  }
}

async function waitingAt(scene: Scene, now: number): Promise<number> {
  const shards = await Promise.all(scene.reach.shardNames.map((name) => unsealedTenants(scene.reach.shard(name))))
  return shards.reduce((sum, each) => sum + each, await scene.store.waiting(now))
}
