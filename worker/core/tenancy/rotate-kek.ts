import type { Visit } from '../ctx.ts'
import { rewrapStep } from '../vault/rewrap.ts'
import { insertJobRun, lastJobRun } from './job-store.ts'
import { rootsRewrapped } from './module.ts'

/** Roots that one run wraps again. */
const ROOTS_A_RUN = 200

/** An isolate of the deployment before may wrap a new root under the older KEK for a while yet: a second pass, so much later, finds it. */
const AGAIN_MS = 3_600_000

/** The job's names, one per KEK version and pass, so that their last runs say whether that version wraps everything. */
const jobOf = (version: number): string => `rotate-kek:${version}`
const secondJobOf = (version: number): string => `rotate-kek:${version}:again`

/** How far the newest key-encryption key has come: when every root is under it, the older secret may be withdrawn. */
export type KekStatus = { newest: number; present: readonly number[]; complete: boolean; rewrapped: number; seen: number; lastRunAt: number | null }

export async function kekStatus(visit: Visit): Promise<KekStatus> {
  const { newest, versions } = visit.reach.keyring.keks
  const [first, second] = await visit.directory.readAll([lastJobRun(visit.directory, jobOf(newest.version)), lastJobRun(visit.directory, secondJobOf(newest.version))])
  const last = second ?? first
  return { newest: newest.version, present: versions, complete: second !== undefined && second.cursor === null, rewrapped: (first?.done ?? 0) + (second?.done ?? 0), seen: (last?.done ?? 0) + (last?.failed ?? 0), lastRunAt: last?.at ?? null }
}

/**
 * Wrap every root again under the newest KEK present, as many as one run may. The roots themselves, and so every sealed row,
 * stay as they are: this needs no sweep and no fence. Resumable from the last run's cursor; nothing to do once a second pass
 * for this KEK has come to the end, for new roots are wrapped under it anyway. True when nothing is left.
 */
export async function rotateKek(visit: Visit): Promise<boolean> {
  const { directory, reach } = visit
  const { version } = reach.keyring.keks.newest
  const [first, second] = await directory.readAll([lastJobRun(directory, jobOf(version)), lastJobRun(directory, secondJobOf(version))])
  if (second && second.cursor === null) return true
  const again = first !== undefined && first.cursor === null
  if (again && !second && first.at + AGAIN_MS > visit.now) return false
  const [job, last] = again ? [secondJobOf(version), second] : [jobOf(version), first]
  const step = await rewrapStep(reach.keyring, last?.cursor ?? null, ROOTS_A_RUN)
  const [rewrapped, seen] = [(last?.done ?? 0) + step.rewrapped, step.rewrapped + step.current]
  await visit.commitDirectory(
    // `failed` counts what was under the newest KEK already: nothing fails here without ending the run.
    [insertJobRun(directory, { id: visit.newId('run'), job, at: visit.now, cursor: step.after, done: rewrapped, failed: (last?.failed ?? 0) + step.current })],
    rootsRewrapped('platform', { kek: reach.keyring.keks.newest.version, rewrapped: step.rewrapped, seen }),
  )
  return step.after === null
}
