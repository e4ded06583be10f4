import { isFault } from '../failure.ts'
import type { Sealed } from '../vault/sealed.ts'
import { refusalOf } from './refusal.ts'
import { quoted } from './shard-tables.ts'

/** One sealed table as the manifests declare it: its name, its sealed columns, and the column that names a row's salt where only some have one. */
export type SweptTable = { readonly table: string; readonly columns: readonly string[]; readonly saltIn?: string | undefined }
/** A row under an older version, as it lies there. */
export type SweptRow = { readonly id: string; readonly sealVersion: number; readonly salt: string | null; readonly cells: readonly (Sealed | null)[] }

/**
 * A tenant's sealed rows for the sweep of a rotation, and for nothing else: no store is ever handed one. It writes by
 * compare-and-set on the ciphertext it read, behind the fence, so that it can neither undo a writer's change nor bring back a
 * row, and it records no event: the rotation's own tell of it. Statements are written out because drizzle cannot batch one
 * over a table that only a manifest names.
 */
export class SweepDb {
  readonly #d1: D1Database
  readonly #tenantId: string
  readonly #version: number

  /** `version`: what rows are sealed under from now on, and what the fence must say. */
  constructor(d1: D1Database, tenantId: string, version: number) {
    this.#d1 = d1
    this.#tenantId = tenantId
    this.#version = version
  }

  /** Rows of a table under an older version; not those named in `but`. */
  async below({ table, columns, saltIn }: SweptTable, but: readonly string[], limit: number): Promise<SweptRow[]> {
    const { results } = await this.#d1
      .prepare(`select id, seal_version as version, ${saltIn ? quoted(saltIn) : 'null'} as salt, json_array(${columns.map(quoted).join(', ')}) as cells from ${quoted(table)}
        where tenant_id = ?1 and seal_version < ?2 and id not in (select value from json_each(?3)) limit ?4`)
      .bind(this.#tenantId, this.#version, JSON.stringify(but), limit)
      .all<{ id: string; version: number; salt: string | null; cells: string }>()
    return results.map((row) => ({ id: row.id, sealVersion: row.version, salt: row.salt, cells: JSON.parse(row.cells) as (Sealed | null)[] })) // `as`: sealed columns hold nothing else
  }

  /** How many rows of these tables are under an older version. */
  async countBelow(tables: readonly SweptTable[]): Promise<number> {
    if (tables.length === 0) return 0
    const counts = tables.map(({ table }) => `(select count(*) from ${quoted(table)} where tenant_id = ?1 and seal_version < ?2)`)
    const row = await this.#d1.prepare(`select ${counts.join(' + ')} as n`).bind(this.#tenantId, this.#version).first<{ n: number }>()
    return row?.n ?? 0
  }

  /**
   * Rows under the new version, each only where it still is what was read: whoever wrote meanwhile has sealed it anew
   * already. False, and nothing is written, where the fence has moved on.
   */
  async reseal({ table, columns }: SweptTable, rows: readonly { readonly read: SweptRow; readonly cells: readonly (Sealed | null)[] }[]): Promise<boolean> {
    const listed = columns.map((_, index) => `json_extract(value, '$[2][${index}]') as was${index}, json_extract(value, '$[3][${index}]') as becomes${index}`)
    const name = quoted(table)
    // Materialized, or SQLite goes through every row of the tenant for each of these: its cost would grow with the square of what there is.
    const update = `with swept as materialized (select json_extract(value, '$[0]') as id, json_extract(value, '$[1]') as version, ${listed.join(', ')} from json_each(?3))
      update ${name} set ${columns.map((column, index) => `${quoted(column)} = swept.becomes${index}`).join(', ')}, seal_version = ?2 from swept
      where ${name}.tenant_id = ?1 and ${name}.id = swept.id and ${name}.seal_version = swept.version
      and ${columns.map((column, index) => `${name}.${quoted(column)} is swept.was${index}`).join(' and ')}`
    const guard = "insert into refusals (reason) select 'fence' where not exists (select 1 from tenant_fence where tenant_id = ?1 and state = 'open' and seal_version = ?2)"
    const rowsAsJson = JSON.stringify(rows.map(({ read, cells }) => [read.id, read.sealVersion, read.cells, cells]))
    try {
      await this.#d1.batch([this.#d1.prepare(guard).bind(this.#tenantId, this.#version), this.#d1.prepare(update).bind(this.#tenantId, this.#version, rowsAsJson)])
      return true
    } catch (thrown) {
      const refused = refusalOf(thrown)
      if (isFault(refused) && refused.failure.code === 'stale_fence') return false
      throw refused
    }
  }
}
