import type { Reach } from '../reach.ts'

/**
 * Questions a probe asks a database about itself, in SQL text because drizzle knows no catalogue. They look at shape and
 * ciphertext, never at what a row says. Here because only this folder holds raw databases: who asks names a shard.
 */
export type Inspected = { readonly reach: Reach; readonly shard: string }

export const inspectedShards = (reach: Reach): Inspected[] => reach.shardNames.map((shard) => ({ reach, shard }))

const databaseOf = ({ reach, shard }: Inspected): D1Database => reach.shard(shard)

/** A trigger as its database keeps it. */
export type Trigger = { readonly name: string; readonly sql: string }

/** The triggers that exist. */
export const triggersOf = (inspected: Inspected): Promise<readonly Trigger[]> => triggersIn(databaseOf(inspected))

/** The same of the directory. */
export const directoryTriggersOf = (reach: Reach): Promise<readonly Trigger[]> => triggersIn(reach.env.DIRECTORY)

async function triggersIn(database: D1Database): Promise<readonly Trigger[]> {
  const { results } = await database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").all<Trigger>()
  return results
}

/** Some tenants, others each time. */
export async function sampleTenants(reach: Reach, limit: number): Promise<string[]> {
  const { results } = await reach.env.DIRECTORY.prepare("SELECT id FROM tenants WHERE state = 'open' ORDER BY random() LIMIT ?").bind(limit).all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** Tables and whether each has a tenant column and a key that begins with it. */
export async function tablesOf(inspected: Inspected): Promise<{ name: string; hasTenant: boolean; keyed: boolean }[]> {
  const { results } = await databaseOf(inspected)
    .prepare(
      `SELECT m.name AS name, COALESCE(SUM(c.name = 'tenant_id'), 0) AS has_tenant, COALESCE(SUM(c.name = 'tenant_id' AND c.pk = 1), 0) AS keyed
       FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' AND m.name NOT LIKE 'd1_migrations' GROUP BY m.name ORDER BY m.name`,
    )
    .all<{ name: string; has_tenant: number; keyed: number }>()
  return results.map((row) => ({ name: row.name, hasTenant: row.has_tenant > 0, keyed: row.keyed > 0 }))
}

/** Rows whose parent is missing, however that came about. */
export async function orphansOf(inspected: Inspected): Promise<number> {
  const { results } = await databaseOf(inspected).prepare('PRAGMA foreign_key_check').all()
  return results.length
}

/** The greatest value that any version of any tenant's policy gives a number, or null. `path` is a constant of ours. */
export async function greatestPolicyValue(inspected: Inspected, path: string): Promise<number | null> {
  return databaseOf(inspected).prepare('SELECT MAX(json_extract(document, ?)) AS greatest FROM policy_versions').bind(`$."${path}"`).first<number | null>('greatest')
}

/** Up to `limit` cells of one sealed column. Table and column are constants of a manifest, never input. */
export const sampleCells = (inspected: Inspected, table: string, column: string, limit: number): Promise<string[]> => cellsIn(databaseOf(inspected), table, column, limit)

async function cellsIn(database: D1Database, table: string, column: string, limit: number): Promise<string[]> {
  if (!/^[a-z_]+$/.test(table) || !/^[a-z_]+$/.test(column)) throw new TypeError('not a table or column of ours')
  const { results } = await database.prepare(`SELECT ${column} AS cell FROM ${table} WHERE ${column} IS NOT NULL ORDER BY rowid DESC LIMIT ?`).bind(limit).all<{ cell: string }>()
  return results.map(({ cell }) => cell)
}

/** The same of the directory; nothing of a table that is not there. */
export async function sampleDirectory(reach: Reach, table: string, column: string, limit: number): Promise<string[]> {
  const there = await reach.env.DIRECTORY.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").bind(table).first()
  return there ? cellsIn(reach.env.DIRECTORY, table, column, limit) : []
}

/** When the oldest event that the chain has not sealed was written, or null when there is none. */
export async function oldestUnsealed(inspected: Inspected): Promise<number | null> {
  const row = await databaseOf(inspected).prepare('SELECT MIN(o.at) AS at FROM outbox o JOIN tenant_fence f ON f.tenant_id = o.tenant_id WHERE o.n > f.sealed_n').first<{ at: number | null }>()
  return row?.at ?? null
}

/** When the oldest `seal` root in use was made, or null on an empty shard. */
export async function oldestSealRoot(inspected: Inspected): Promise<number | null> {
  const row = await databaseOf(inspected).prepare("SELECT MIN(created_at) AS at FROM key_versions WHERE root = 'seal' AND state = 'active'").first<{ at: number | null }>()
  return row?.at ?? null
}
