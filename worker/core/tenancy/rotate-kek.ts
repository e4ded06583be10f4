import type { Visit } from '../ctx.ts'
import { rewrapStep } from '../vault/rewrap.ts'
import { insertJobRun, lastJobRun } from './job-store.ts'
import { rootsRewrapped } from './module.ts'

/** Roots that one run wraps again. */
const ROOTS_A_RUN = 200

/** The job's name, one per KEK version, so that its last run says whether that version wraps everything. */
const jobOf = (version: number): string => `rotate-kek:${version}`

/** How far the newest key-encryption key has come: when every root is under it, the older secret may be withdrawn. */
export type KekStatus = { newest: number; present: readonly number[]; complete: boolean; rewrapped: number; seen: number; lastRunAt: number | null }

export async function kekStatus(visit: Visit): Promise<KekStatus> {
  const { newest, versions } = visit.reach.keyring.keks
  const last = await visit.directory.read(lastJobRun(visit.directory, jobOf(newest.version)))
  return { newest: newest.version, present: versions, complete: last !== undefined && last.cursor === null, rewrapped: last?.done ?? 0, seen: (last?.done ?? 0) + (last?.failed ?? 0), lastRunAt: last?.at ?? null }
}

/**
 * Wrap every root again under the newest KEK present, as many as one run may. The roots themselves, and so every sealed row,
 * stay as they are: this needs no sweep and no fence. Resumable from the last run's cursor; nothing to do once a run for
 * this KEK has come to the end, for new roots are wrapped under it anyway. True when nothing is left.
 */
export async function rotateKek(visit: Visit): Promise<boolean> {
  const { directory, reach } = visit
  const job = jobOf(reach.keyring.keks.newest.version)
  const last = await directory.read(lastJobRun(directory, job))
  if (last && last.cursor === null) return true
  const step = await rewrapStep(reach.keyring, last?.cursor ?? null, ROOTS_A_RUN)
  const [rewrapped, seen] = [(last?.done ?? 0) + step.rewrapped, step.rewrapped + step.current]
  await visit.commitDirectory(
    // `failed` counts what was under the newest KEK already: nothing fails here without ending the run.
    [insertJobRun(directory, { id: visit.newId('run'), job, at: visit.now, cursor: step.after, done: rewrapped, failed: (last?.failed ?? 0) + step.current })],
    rootsRewrapped('platform', { kek: reach.keyring.keks.newest.version, rewrapped: step.rewrapped, seen }),
  )
  return step.after === null
}
