import { PLATFORM } from '../core/reach.ts'
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
  const aheadMs = seconds === 0 ? before : await scene.store.advance(seconds * 1000)
  const now = scene.now + (aheadMs - before)
  const later: Promise<unknown>[] = []
  const parts = { reach: scene.reach, now, later: (work: () => Promise<unknown>) => void later.push(work()) }

  for (const cron of scene.house.crons) await scene.house.runCron(parts, cron)
  for (let round = 1; ; round += 1) {
    const { tenants, accounts } = await scene.store.everybody()
    for (const account of accounts) await scene.house.wake(parts, 'drain-guard', `account:${account}`)
    for (const tenant of [PLATFORM, ...tenants]) {
      await scene.house.wake(parts, 'run-due', tenant)
      await scene.house.wake(parts, 'drain-outbox', tenant)
    }
    await Promise.allSettled(later.splice(0))
    const waiting = await waitingAt(scene, now)
    if (waiting === 0 || round === ROUNDS) return { now, aheadMs, rounds: round, waiting }
  }
}

async function waitingAt(scene: Scene, now: number): Promise<number> {
  const shards = await Promise.all(scene.reach.shardNames.map((name) => unsealedTenants(scene.reach.shard(name))))
  return shards.reduce((sum, each) => sum + each, await scene.store.waiting(now))
}
