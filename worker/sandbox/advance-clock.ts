import type { WakeKind } from '../../durable-objects/verbs-port.ts'
import { report } from '../core/failure.ts'
import type { JobParts } from '../core/job.ts'
import { PLATFORM, type Reach } from '../core/reach.ts'
import type { Scene } from './scene.ts'
import { howMuch, whatWaits, type Waits } from './what-waits.ts'

/** Rounds without less to do after which waiting for quiet is given up: something fails each time it is tried. */
const STUCK = 8
/** Rounds in any case. */
const ROUNDS = 200

/** What moving the clock came to. `waits` is what still was not done at the end; it is tried again by the next minute. */
export type Advanced = { readonly now: number; readonly aheadMs: number; readonly rounds: number; readonly waits: Waits }

/**
 * Move the sandbox's clock forward, run each cron once at the new time, wake every tenant and account, and return when
 * nothing is due. A cron that left something over, a budget spent or a rotation under way, runs again in the next round.
 */
export async function advanceClock(scene: Scene, seconds: number): Promise<Advanced> {
  const before = await scene.store.aheadMs()
  // What is not sealed and signed yet would be as old as the jump, and a log that lags refuses changes.
  await untilQuiet(scene, scene.now, 'drained')
  const aheadMs = seconds > 0 ? await scene.store.advance(seconds * 1000) : before
  const now = scene.now + (aheadMs - before)
  await runCrons(scene, now)
  return { now, aheadMs, ...(await untilQuiet(scene, now, 'everything')) }
}

/** `drained`: what happened is sealed and signed. `everything`: what the crons do is done besides. */
async function untilQuiet(scene: Scene, at: number, what: 'drained' | 'everything'): Promise<Pick<Advanced, 'rounds' | 'waits'>> {
  let least = Number.POSITIVE_INFINITY
  for (let rounds = 1, stuck = 0; ; rounds += 1) {
    // Each round is a moment of its own: a run of retention is told from the one before by its time.
    const now = at + rounds
    const everybody = await scene.store.everybody(scene.reach)
    await wakeAll(scene, now, [
      ...everybody.accounts.map((id) => ['drain-guard', `account:${id}`] as const),
      ...everybody.keys.map((id) => ['drain-guard', `key:${id}`] as const),
      ...[...everybody.tenants, PLATFORM].flatMap((id) => [['run-due', id], ['drain-outbox', id]] as const),
      ...everybody.tenants.map((id) => ['end-pops', id] as const),
    ])
    // The platform's log comes last: the others' checkpoints are entries of it.
    for (const log of everybody.logs) {
      await scene.reach.chain.checkpoint(log, now)
      if (log !== PLATFORM) await wakeAll(scene, now, [['announce-checkpoint', log]])
    }
    const waits = await whatWaits(scene, now, everybody)
    const { retention, tenancy, ...drained } = waits
    const much = what === 'everything' ? howMuch(waits) : howMuch({ ...drained, retention: 0, tenancy: 0 })
    stuck = much < least ? 0 : stuck + 1
    least = Math.min(least, much)
    if (much === 0 || stuck === STUCK || rounds === ROUNDS) return { rounds, waits }
    if (what === 'everything' && retention + tenancy > 0) await runCrons(scene, now)
  }
}

async function runCrons(scene: Scene, now: number): Promise<void> {
  const beside = new Beside(scene.reach, now)
  for (const cron of scene.house.crons) await scene.house.runCron(beside, cron)
  await beside.settled()
}

/** One after the other. One that fails leaves behind what `whatWaits` then finds. */
async function wakeAll(scene: Scene, now: number, wakes: readonly (readonly [WakeKind, string])[]): Promise<void> {
  const beside = new Beside(scene.reach, now)
  for (const [kind, id] of wakes) {
    await scene.house.wake(beside, kind, id).catch((thrown: unknown) => report(`clock ${kind}`, thrown))
  }
  await beside.settled()
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
