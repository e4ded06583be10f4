import { runJob, type JobParts } from '../job.ts'
import { destroyKeyVersion, RETIRED_MS } from './destroy-key-version.ts'
import { rotateSealRoot } from './rotate-seal-root.ts'
import { dueKeys, keyVersionRows, rotationRows, type KeyVersionRow, type KeyWork } from './rotation-store.ts'
import { sweepSealRoot, type SealedTable } from './sweep-seal-root.ts'

/** What is due on a shard, by tenant: at most `limit` of each kind. */
export const dueKeyWork = (parts: JobParts, shard: string, limit: number): Promise<KeyWork[]> => dueKeys(parts.reach.shard(shard), parts.now, parts.now - RETIRED_MS, limit)

/** Do it: begin the rotation that the policy's calendar asks for, go on with a sweep, or destroy what has been retired long enough. */
export async function keepKeys(parts: JobParts, tables: readonly SealedTable[], { tenantId, what }: KeyWork): Promise<void> {
  if (what === 'rotate') await runJob(parts, tenantId, 'rotate-keys', (ctx) => rotateSealRoot(ctx, 'schedule'))
  if (what !== 'destroy') await sweepSealRoot(parts, tables, tenantId)
  else
    await runJob(parts, tenantId, 'rotate-keys', async (ctx) => {
      const [rows, rotations] = await ctx.db.readAll([keyVersionRows(ctx.db), rotationRows(ctx.db)])
      // A compromised one goes at once; what a run that was killed left of it, the next one destroys.
      const compromised = ({ version }: KeyVersionRow) => rotations.some((rotation) => rotation.reason === 'compromised' && rotation.state === 'done' && rotation.toVersion > version)
      for (const row of rows) if (row.root === 'seal' && row.state === 'retired' && row.retiredAt !== null && (row.retiredAt + RETIRED_MS <= ctx.now || compromised(row))) await destroyKeyVersion(ctx, row)
    })
}
