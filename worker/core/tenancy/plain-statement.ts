import type { Item } from './statement.ts'

/** What a batch of drizzle's D1 session asks of each of its items. */
type BatchItem = {
  _prepare(): { readonly stmt: D1PreparedStatement; getQuery(): { sql: string; params: readonly unknown[] }; mapResult(result: D1Result): unknown }
}

/**
 * A statement in plain SQL as an item of a drizzle batch: for the few that stand in every batch, where the builder would
 * take longer over them than the database. Answers with its rows as objects.
 */
export function plainStatement(d1: D1Database, sql: string, params: readonly (string | number | null)[]): Item {
  const item: BatchItem = { _prepare: () => ({ stmt: d1.prepare(sql), getQuery: () => ({ sql, params }), mapResult: ({ results }) => results }) }
  return item as unknown as Item // `as`: drizzle does not show in its types what it asks of an item
}
