import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'

/** What a question may be made with: nothing that changes a row. */
type Asking = Pick<DrizzleD1Database, 'select' | 'selectDistinct'>

/**
 * Questions over all tenants of one shard, for crons and probes alone: past the fence, which no request may be. A store is
 * handed this and not the database: a change is not to be had from it.
 */
export class ShardReader {
  readonly #db: DrizzleD1Database

  constructor(d1: D1Database) {
    this.#db = drizzle(d1)
  }

  /** A question about the shard, made with drizzle's builder. */
  ask<T>(question: (db: Asking) => PromiseLike<T>): Promise<T> {
    return Promise.resolve(question(this.#db))
  }
}
