import { jobVisit, type JobParts } from '../job.ts'
import { destroyRoots } from '../vault/keyring.ts'
import { forgetTenant } from './closing-store.ts'
import { tellMembers } from './tell-members.ts'
import { tenantAbandoned, tenantOpened } from './module.ts'
import { fenceAt } from './move-store.ts'
import { openTenant, tenantCreatedAt } from './store.ts'

/**
 * A tenant that was begun and then left: complete on its shard, it only wants opening; without rows there it was nobody's
 * yet, and goes without a trace. Younger ones are still being made.
 */
export async function completeTenant(parts: JobParts, tenant: { id: string; shard: string }, before: number): Promise<void> {
  const { reach } = parts
  const createdAt = await reach.directory.read(tenantCreatedAt(reach.directory, tenant.id))
  if (createdAt === undefined || createdAt > before) return
  const visit = jobVisit(parts, 'complete-tenant')
  if ((await fenceAt(reach.shard(tenant.shard), tenant.id)) !== null) {
    await visit.commitDirectory([openTenant(reach.directory, tenant.id)], tenantOpened(tenant.id, {}))
    await tellMembers(reach, tenant.id)
    return
  }
  // First it is nobody's any more: whoever goes on making it at this moment is refused, and its keys may go.
  await visit.commitDirectory(forgetTenant(reach.directory, tenant.id, 'creating'), tenantAbandoned(tenant.id, {}))
  await destroyRoots(reach.keyring, tenant.id)
}
