import type { Ctx } from '../ctx.ts'
import { report } from '../failure.ts'
import { runJob, type JobParts } from '../job.ts'
import { liesInObject, type Manifest, type SealedField } from '../module.ts'
import { isVaultFault } from '../vault/fault.ts'
import { rowSalt, rowVaults } from '../vault/row-vault.ts'
import type { Sealed } from '../vault/sealed.ts'
import { destroyKeyVersion } from './destroy-key-version.ts'
import { rotationFinished, tamperedReasons } from './module.ts'
import { finishRotation, keyVersionRows, retireBelow, runningRotation, tellProgress, type RotationRow } from './rotation-store.ts'
import { SweepDb, type SweptRow, type SweptTable } from './sweep-db.ts'

/** A sealed table with the field behind each of its sealed columns. */
export type SealedTable = SweptTable & { readonly fields: readonly SealedField[] }

/** Rows that one job run moves, and how many go in one statement. */
const ROWS_A_RUN = 5000
const ROWS_AT_ONCE = 100
/** How soon the next run begins where one was not enough. */
const AGAIN_MS = 200

/** Every table that a rotation sweeps, from the manifests: rows of tenants under the `seal` root. */
export function sealedTables(manifests: readonly Manifest[]): SealedTable[] {
  const swept = manifests.flatMap((manifest) => manifest.sealedFields).filter((field) => field.scope === 'tenant' && field.root !== 'audit' && !liesInObject(field))
  return [...new Set(swept.map(({ table }) => table))].map((table) => {
    const fields = swept.filter((field) => field.table === table)
    return { table, fields, columns: fields.map(({ column }) => column), saltIn: fields.find(({ saltIn }) => saltIn)?.saltIn }
  })
}

/**
 * Move the rows of a tenant's running rotation to the new version, as many as one run may. Resumable wherever it stops: what
 * is left is what the rows themselves say. When none is left the rotation is done and the old version retired, or destroyed
 * where it was compromised. A row that does not open (it was tampered with) is left alone and keeps the rotation from
 * ending, so that its key is still there when somebody looks. True when nothing is left to do.
 */
export async function sweepSealRoot(parts: JobParts, tables: readonly SealedTable[], tenantId: string, rows = ROWS_A_RUN): Promise<boolean> {
  const done = await runJob(parts, tenantId, 'rotate-keys', async (ctx) => {
    const rotation = await ctx.db.read(runningRotation(ctx.db))
    if (!rotation) return true
    const sweep = new SweepDb(ctx.reach.shard(ctx.tenant.shard), tenantId, rotation.toVersion)
    const moved = await moveRows(ctx, sweep, tables, rotation, rows)
    const left = await sweep.countBelow(tables)
    if (moved >= rows) await ctx.reach.timers.set(tenantId, ctx.now, 'run-due', ctx.now + AGAIN_MS)
    await ctx.db.settle(tellProgress(ctx.db, rotation.id, left))
    if (left === 0) await finish(ctx, rotation)
    return left === 0
  })
  return done ?? true
}

/** Answers how many rows it looked at. */
async function moveRows(ctx: Ctx, sweep: SweepDb, tables: readonly SealedTable[], rotation: RotationRow, budget: number): Promise<number> {
  const before = await sweep.countBelow(tables)
  let seen = 0
  for (const table of tables) {
    const shut: string[] = []
    for (;;) {
      await ctx.db.settle(tellProgress(ctx.db, rotation.id, Math.max(0, before - seen)))
      const rows = await sweep.below(table, shut, Math.min(ROWS_AT_ONCE, budget - seen))
      if (rows.length === 0) break
      const resealed = await Promise.all(rows.map((read) => resealedRow(ctx, table, read, rotation.toVersion)))
      for (const [index, row] of resealed.entries()) if (row === null) shut.push(rows[index]?.id ?? '')
      if (!(await sweep.reseal(table, resealed.filter((row) => row !== null)))) return seen // closed, moving, or rotated on: another run sees
      seen += rows.length
      if (seen >= budget) return seen
    }
  }
  return seen
}

type Resealed = { readonly read: SweptRow; readonly cells: readonly (Sealed | null)[] }

async function resealedRow(ctx: Ctx, { table, fields }: SealedTable, read: SweptRow, version: number): Promise<Resealed | null> {
  const vaultOf = rowVaults(ctx.vault)
  try {
    return { read, cells: await Promise.all(read.cells.map((sealed, index) => resealed(vaultOf, fields[index], read, sealed, version))) }
  } catch (thrown) {
    if (!isVaultFault(thrown) || !tampered.has(thrown.reason)) throw thrown
    report('rotate-keys', thrown, { table, reason: thrown.reason })
    return null
  }
}

const tampered: ReadonlySet<string> = new Set(tamperedReasons)

async function resealed(vaultOf: ReturnType<typeof rowVaults>, field: SealedField | undefined, row: SweptRow, sealed: Sealed | null, version: number): Promise<Sealed | null> {
  if (sealed === null || !field) return null
  const cell = { sealed, sealVersion: row.sealVersion }
  try {
    const vault = await vaultOf(field.salt === undefined ? row.salt : rowSalt(field.salt, row.id))
    return (await vault.reseal(field, row.id, cell, version)).sealed
  } catch (thrown) {
    if (isVaultFault(thrown) && thrown.reason === 'salt_missing') return sealed // erased: under no version can it be opened again
    throw thrown
  }
}

async function finish(ctx: Ctx, rotation: RotationRow): Promise<void> {
  const [now, versions] = await ctx.db.readAll([runningRotation(ctx.db), keyVersionRows(ctx.db)])
  if (!now) return
  await ctx.commit([finishRotation(ctx.db, rotation.id, ctx.now), retireBelow(ctx.db, rotation.toVersion, ctx.now)], rotationFinished(ctx.tenant.id, { version: rotation.toVersion, rows: now.total }))
  if (rotation.reason !== 'compromised') return
  for (const row of versions) if (row.root === 'seal' && row.version < rotation.toVersion && row.state !== 'destroyed') await destroyKeyVersion(ctx, row)
}
