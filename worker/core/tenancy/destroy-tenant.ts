import { DocumentBucket } from '../documents/bucket.ts'
import { isFault } from '../failure.ts'
import { jobVisit, type JobParts } from '../job.ts'
import { destroyRoots, rootVersions } from '../vault/keyring.ts'
import { destroySaltsStep } from '../vault/salts.ts'
import { ROOTS } from '../vault/wrap.ts'
import { closedTenant, forgetTenant, removeTenantRows } from './closing-store.ts'
import { policyOf } from './find-seat.ts'
import { tenantDestroyed } from './module.ts'
import { accountsOfTenant } from './people-store.ts'
import { tenantPlace } from './store.ts'

/** How long past its due time the destruction waits for events that a follower has not got through. */
const PATIENCE_MS = 86_400_000

/**
 * What the end of a closed tenant's grace period brings: its log sealed for good, its guards, keys' guards and timers
 * cleared, its documents, rows and keys gone, the directory without a trace of it (CAL-77, CAL-114). Each step is safe to
 * repeat and the directory's row goes last, so that a run that was killed is finished by the next. The `audit` root and the
 * sealed log stay (X-25); a tenant whose policy says `drop` keeps of its log only what was not signed for yet. True when nothing is left to do.
 */
export async function destroyTenant(parts: JobParts, tenantId: string): Promise<boolean> {
  const { reach, now } = parts
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  if (!place) return true
  const shard = reach.shard(place.shard)
  const left = await closedTenant(shard, tenantId)
  const calledOff = left?.profile && (left.closesAt === null || left.closesAt > now)
  if (left && (left.state !== 'closed' || calledOff)) return true // without its profile an earlier run was killed among the rows
  if (left?.hasEvents && (left.closesAt ?? 0) + PATIENCE_MS > now) {
    await reach.chain.poke(tenantId, now)
    return false
  }
  const { sealedN, eventN } = left ? await reach.tenantDb(anySeat(tenantId, place.shard)).progress() : { sealedN: 0, eventN: 0 }
  if (sealedN < eventN) return false // what was not sealed would be lost with its outbox

  if (left?.policy && policyOf(left.preset ?? '', JSON.parse(left.policy) as Record<string, string | number>)['audit.on_close'] === 'drop') await reach.chain.retire(tenantId, now, now + 1) // `as`: checked by PolicyDocument when it was written
  await reach.chain.sealForGood(tenantId, now)
  for (const accountId of await reach.directory.read(accountsOfTenant(reach.directory, tenantId))) await reach.guards.of(accountId).rememberSeat(tenantId, null)
  for (const keyId of left?.apiKeys ?? []) await reach.keyGuards.of(keyId).forget()
  await reach.hookGuards.of(tenantId).forget()
  await reach.timers.clear(tenantId)
  const documents = await new DocumentBucket(reach).removeTenant(tenantId)
  const rows = left ? await removeTenantRows(shard, tenantId, 'closed') : 0
  for (const root of ROOTS) for (const version of await rootVersions(reach.keyring, tenantId, root)) reach.cache.forget({ tenant: tenantId, root, version })
  await destroyRoots(reach.keyring, tenantId, ['audit'])
  while (!(await destroySaltsStep(reach.keyring.bucket, tenantId)));
  const visit = jobVisit(parts, 'destroy-tenant')
  try {
    await visit.commitDirectory(forgetTenant(reach.directory, tenantId, 'closing'), tenantDestroyed(tenantId, { rows, documents }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // another run made its end
  }
  return true
}

const anySeat = (tenantId: string, shard: string) => ({ tenantId, shard, sealVersion: 0, policyVersion: 0, accountId: null, role: null, sessionAt: null })
