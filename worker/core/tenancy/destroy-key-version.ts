import type { Ctx } from '../ctx.ts'
import { destroyRootVersion } from '../vault/keyring.ts'
import { keyDestroyed } from './module.ts'
import { markDestroyed, type KeyVersionRow } from './rotation-store.ts'

/** A database can be put back to any minute of the last 30 days; a version that no row needs opens such copies five days longer. */
export const RETIRED_MS = 35 * 86_400_000

/** Destroy one version of a root for good, then say so. Safe to repeat where it was interrupted between the two. */
export async function destroyKeyVersion(ctx: Ctx, row: Pick<KeyVersionRow, 'id' | 'root' | 'version'>): Promise<void> {
  const id = { tenant: ctx.tenant.id, root: row.root, version: row.version }
  await destroyRootVersion(ctx.reach.keyring, id)
  ctx.reach.cache.forget(id)
  await ctx.commit([markDestroyed(ctx.db, row.id, ctx.now)], keyDestroyed(ctx.tenant.id, { root: row.root, version: row.version }))
}
