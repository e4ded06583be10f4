import { report } from '../failure.ts'
import { jobVisit } from '../job.ts'
import { completeTenant } from './complete-tenant.ts'
import { directoryTenants, overdueClosings } from './closing-store.ts'
import { destroyTenant } from './destroy-tenant.ts'
import { dueKeyWork, keepKeys } from './keep-keys.ts'
import { wantedMoves } from './directory-moves.ts'
import { clearStrays, moveTenant, resumeMove, type MoveParts } from './move-tenant.ts'
import { rotateKek } from './rotate-kek.ts'
import type { SealedTable } from './sweep-seal-root.ts'

/** A tenant that is not complete after this time was left behind by a request that died. */
const BEGUN_MS = 5 * 60_000
/** One run looks at so many tenants of a kind and shard; the next one sees the rest. */
const LOOK = 20

export type TenancyParts = MoveParts & { readonly sealed: readonly SealedTable[] }

/**
 * What a cron does for all tenants: complete or clear away what was begun, destroy what is over, go on with moves and begin those an operator wants, rotate
 * what is due and sweep. One tenant after the other; one that fails is reported by its id and does not hold up the next.
 */
export async function runTenancyJobs(parts: TenancyParts): Promise<void> {
  const { reach, now } = parts
  for (const tenant of await reach.directory.read(directoryTenants(reach.directory, ['creating', 'moving', 'closing']))) {
    if (tenant.state === 'creating') await each('complete', tenant.id, () => completeTenant(parts, tenant, now - BEGUN_MS))
    if (tenant.state === 'moving') await each('move', tenant.id, () => resumeMove(parts, tenant.id))
    // A run that was killed after the rows were gone left nothing on the shard to be found by.
    if (tenant.state === 'closing') await each('destroy', tenant.id, () => destroyTenant(parts, tenant.id))
  }
  for (const { id, to } of await reach.directory.read(wantedMoves(reach.directory, LOOK))) await each('move', id, () => moveTenant(parts, id, to))
  for (const name of reach.shardNames) {
    await each('clear-strays', name, () => clearStrays(parts, name, LOOK))
    for (const tenantId of await overdueClosings(reach.shard(name), now, LOOK)) await each('destroy', tenantId, () => destroyTenant(parts, tenantId))
    for (const work of await dueKeyWork(parts, name, LOOK)) await each(work.what, work.tenantId, () => keepKeys(parts, parts.sealed, work))
  }
  await each('rotate-kek', 'platform', () => rotateKek(jobVisit(parts, 'rotate-kek')))
}

async function each(job: string, tenantId: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (thrown) {
    report(`tenancy ${job}`, thrown, { tenant: tenantId })
  }
}
