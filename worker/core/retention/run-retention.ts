import { report } from '../failure.ts'
import { jobVisit, type JobParts } from '../job.ts'
import type { Manifest } from '../module.ts'
import { insertJobRun, lastJobRun } from '../tenancy/job-store.ts'
import { RUN_JOB, retentionRan } from './module.ts'
import type { Sweep, Swept } from './sweep.ts'

/** Things one sweep removes in one run at most; a backlog is ended by the runs after rather than by one that is cut off. */
const BUDGET = 20_000

const jobOf = (sweep: Sweep): string => `${RUN_JOB} ${sweep.rule}`

/**
 * The hourly run (CAL-80): every rule's sweep, each from where it stopped, one failing without holding up the next. Each
 * leaves a row with its counts, and the deployment's log one event.
 */
export async function runRetention(parts: JobParts, sweeps: readonly Sweep[], manifests: readonly Manifest[], budget = BUDGET): Promise<void> {
  const cursors = await cursorsOf(parts, sweeps)
  await carryOut(parts, sweeps.map((sweep, index) => ({ sweep, cursor: cursors[index] ?? null })), manifests, budget, [RUN_JOB])
}

/** Every minute: sweeps whose last run stopped before its end go on, so that no backlog waits for the hour. */
export async function goOnWithRetention(parts: JobParts, sweeps: readonly Sweep[], manifests: readonly Manifest[], budget = BUDGET): Promise<void> {
  const cursors = await cursorsOf(parts, sweeps)
  const unfinished = sweeps.flatMap((sweep, index) => (cursors[index] ? [{ sweep, cursor: cursors[index] }] : []))
  if (unfinished.length > 0) await carryOut(parts, unfinished, manifests, budget, [])
}

async function cursorsOf({ reach: { directory } }: JobParts, sweeps: readonly Sweep[]): Promise<(string | null)[]> {
  return (await directory.readAll(sweeps.map((sweep) => lastJobRun(directory, jobOf(sweep))))).map((run) => run?.cursor ?? null)
}

/** `whole`: names under which the sum of all is kept besides. */
async function carryOut(parts: JobParts, work: readonly { sweep: Sweep; cursor: string | null }[], manifests: readonly Manifest[], budget: number, whole: readonly string[]): Promise<void> {
  const visit = jobVisit(parts, 'retention')
  const runs: (Swept & { job: string })[] = []
  for (const { sweep, cursor } of work) runs.push({ job: jobOf(sweep), ...(await attempt(parts, sweep, { keepMs: keepMsOf(manifests, sweep.rule), cursor, budget })) })
  const sum = (count: (run: Swept) => number) => runs.reduce((total, run) => total + count(run), 0)
  const counts = { done: sum(({ done }) => done), failed: sum(({ failed }) => failed) }
  const rows = [...runs, ...whole.map((job) => ({ job, ...counts, cursor: null }))].map((run) => insertJobRun(visit.directory, { id: visit.newId('run'), at: visit.now, ...run }))
  await visit.commitDirectory(rows, retentionRan('platform', { rules: runs.length, ...counts }))
}

async function attempt(parts: JobParts, sweep: Sweep, terms: Parameters<Sweep['run']>[1]): Promise<Swept> {
  try {
    return await sweep.run(parts, terms)
  } catch (thrown) {
    report(jobOf(sweep), thrown)
    return { done: 0, failed: 1, cursor: terms.cursor }
  }
}

/** What the rule's manifest says; null where a tenant's policy or a parent's life does. */
function keepMsOf(manifests: readonly Manifest[], rule: string): number | null {
  const declared = manifests.flatMap(({ retention }) => retention).find(({ name }) => name === rule)
  if (!declared) throw new TypeError(`no manifest declares the retention rule ${rule}`)
  return 'ms' in declared.keep ? declared.keep.ms : null
}
