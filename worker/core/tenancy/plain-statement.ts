import type { Item } from './statement.ts'

/** Rows as D1 answers them. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

/** A field of a selection as drizzle orders them. */
type Field = { readonly path: readonly string[]; readonly field: unknown }

/** What a batch of drizzle's D1 session asks of each of its items. */
type BatchItem = { _prepare(): Prepared }
type Prepared = { readonly stmt: D1PreparedStatement; readonly fields?: readonly Field[] | undefined; getQuery(): { sql: string; params: readonly unknown[] }; mapResult(result: D1Result): unknown }

/**
 * A statement in plain SQL as an item of a drizzle batch: where the builder would take longer over it than the database.
 * Answers with its rows as objects, or as `shape` makes them.
 */
export function plainStatement(d1: D1Database, sql: string, params: readonly (string | number | null)[], shape: ((rows: Rows) => unknown) | null = null): Item {
  const mapResult = ({ results }: D1Result): unknown => (shape ? shape(results as Rows) : results) // `as`: D1 answers rows
  const item: BatchItem = { _prepare: () => ({ stmt: d1.prepare(sql), getQuery: () => ({ sql, params }), mapResult }) }
  return item as unknown as Item // `as`: drizzle does not show in its types what it asks of an item
}

/** What drizzle made of a statement: its SQL, its values, and the fields of a selection. */
export function preparedOf(item: Item): { sql: string; params: readonly unknown[]; fields: readonly Field[] | undefined } {
  const prepared = (item as unknown as BatchItem)._prepare() // `as`: likewise
  return { ...prepared.getQuery(), fields: prepared.fields }
}
