import type { Item } from './statement.ts'

/** Rows as D1 answers them. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

/** A field of a selection as drizzle orders them. */
type Field = { readonly path: readonly string[]; readonly field: unknown }

/** What a batch of drizzle's D1 session asks of each of its items. */
type BatchItem = { _prepare(): Prepared }
export type Prepared = { readonly stmt: D1PreparedStatement; readonly fields?: readonly Field[] | undefined; getQuery(): { sql: string; params: readonly unknown[] }; mapResult(result: D1Result, isFromBatch?: boolean): unknown }

/**
 * A statement in plain SQL as an item of a drizzle batch: for the few that stand in every batch, where the builder would
 * take longer over them than the database. Answers with its rows as objects.
 */
export const plainStatement = (d1: D1Database, sql: string, params: readonly (string | number | null)[]): Item => itemThat(() => preparedText(d1, sql, params))

/** An item of a drizzle batch that is prepared in this way, and not before the batch is. */
export function itemThat(prepare: () => Prepared): Item {
  const item: BatchItem = { _prepare: prepare }
  return item as unknown as Item // `as`: drizzle does not show in its types what it asks of an item
}

/** A text prepared as drizzle prepares what it built: answers with its rows as objects, or as `shape` makes them. */
export const preparedText = (d1: D1Database, sql: string, params: readonly (string | number | null)[], shape: ((rows: Rows) => unknown) | null = null): Prepared => ({
  stmt: d1.prepare(sql),
  getQuery: () => ({ sql, params }),
  mapResult: ({ results }) => (shape ? shape(results as Rows) : results), // `as`: D1 answers rows
})

/** What drizzle makes of a statement: its SQL, its values, and the fields of a selection. */
export const preparedOf = (item: Item): Prepared => (item as unknown as BatchItem)._prepare() // `as`: likewise
