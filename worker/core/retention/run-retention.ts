import { isFault } from '../failure.ts'
import { jobVisit, type JobParts } from '../job.ts'
import type { Manifest } from '../module.ts'
import { insertJobRun, lastJobRun } from '../tenancy/job-store.ts'
import { RUN_JOB, retentionRan } from './module.ts'
import type { Sweep, Swept } from './sweep.ts'

/** Things one sweep removes in one run at most; a backlog takes several hours rather than one that is cut off. */
const BUDGET = 20_000

const jobOf = (sweep: Sweep): string => `${RUN_JOB} ${sweep.rule}`

/**
 * The hourly run (CAL-80): every rule's sweep, each from where it stopped, one failing without holding up the next. Each
 * leaves a row with its counts, and the deployment's log one event.
 */
export async function runRetention(parts: JobParts, sweeps: readonly Sweep[], manifests: readonly Manifest[], budget = BUDGET): Promise<void> {
  const visit = jobVisit(parts, 'retention')
  const { directory, now, newId } = visit
  const last = await directory.readAll(sweeps.map((sweep) => lastJobRun(directory, jobOf(sweep))))
  const runs: Swept[] = []
  for (const [index, sweep] of sweeps.entries()) runs.push(await attempt(parts, sweep, { keepMs: keepMsOf(manifests, sweep.rule), cursor: last[index]?.cursor ?? null, budget }))
  const rows = runs.map(({ done, failed, cursor }, index) => insertJobRun(directory, { id: newId('run'), job: sweeps[index] ? jobOf(sweeps[index]) : '', at: now, cursor, done, failed }))
  const sum = (count: (run: Swept) => number) => runs.reduce((total, run) => total + count(run), 0)
  const whole = { done: sum(({ done }) => done), failed: sum(({ failed }) => failed) }
  rows.push(insertJobRun(directory, { id: newId('run'), job: RUN_JOB, at: now, cursor: null, ...whole }))
  await visit.commitDirectory(rows, retentionRan('platform', { rules: runs.length, ...whole }))
}

async function attempt(parts: JobParts, sweep: Sweep, terms: Parameters<Sweep['run']>[1]): Promise<Swept> {
  try {
    return await sweep.run(parts, terms)
  } catch (thrown) {
    // The name only: a message may quote a row.
    console.error(JSON.stringify({ where: jobOf(sweep), error: isFault(thrown) ? thrown.failure.code : thrown instanceof Error ? thrown.name : typeof thrown }))
    return { done: 0, failed: 1, cursor: terms.cursor }
  }
}

/** What the rule's manifest says; null where a tenant's policy or a parent's life does. */
function keepMsOf(manifests: readonly Manifest[], rule: string): number | null {
  const declared = manifests.flatMap(({ retention }) => retention).find(({ name }) => name === rule)
  if (!declared) throw new TypeError(`no manifest declares the retention rule ${rule}`)
  return 'ms' in declared.keep ? declared.keep.ms : null
}
