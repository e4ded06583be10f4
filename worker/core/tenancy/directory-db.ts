import { eq, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { directoryFence, directoryOutbox, refusals } from '../../../db/schema/directory.ts'
import { Fault } from '../failure.ts'
import { refusalOf } from './refusal.ts'
import { itemOf, Read, Write, type Item } from './statement.ts'
import type { OutboxRow } from './tenant-db.ts'

/** The directory's only fence row. */
export const DIRECTORY_ROW = 'directory'

/**
 * The directory: accounts, which tenants they may ask for, where each tenant lives, the platform log. Same manner as
 * `TenantDb`: questions are `Read`s, changes are `Write`s, and a change needs its event.
 */
export class DirectoryDb {
  readonly #db: DrizzleD1Database

  constructor(db: DrizzleD1Database) {
    this.#db = db
  }

  /** A question about the directory, made with drizzle's builder. */
  ask<T>(question: (db: DrizzleD1Database) => Item & { _: { result: T } }): Read<T> {
    return new Read<T>(question(this.#db), (rows) => rows)
  }

  /** A change to the directory, made with drizzle's builder. */
  change(change: (db: DrizzleD1Database) => Item): Write {
    return new Write(change(this.#db))
  }

  async read<T>(read: Read<T>): Promise<T> {
    const [answer] = await this.readAll([read])
    return answer
  }

  async readAll<const R extends readonly Read<unknown>[]>(reads: R): Promise<{ [K in keyof R]: R[K] extends Read<infer T> ? T : never }> {
    const results = await this.#run(reads.map(itemOf))
    // `as`: shaped positionally, as drizzle's own batch does
    return reads.map((read, index) => read.shaped(results[index])) as { [K in keyof R]: R[K] extends Read<infer T> ? T : never }
  }

  /** Make the changes happen together with their events in the deployment's outbox. Only `commit` in visit.ts calls this. */
  async write(writes: readonly Write[], events: readonly OutboxRow[]): Promise<{ n: number }> {
    const take = this.#db
      .update(directoryFence)
      .set({ eventN: sql`${directoryFence.eventN} + ${events.length}` })
      .where(eq(directoryFence.id, DIRECTORY_ROW))
      .returning({ n: directoryFence.eventN })
    const rows = events.map((event, index) =>
      this.#db.insert(directoryOutbox).values({ n: sql`(select ${directoryFence.eventN} from ${directoryFence}) - ${events.length - 1 - index}`, ...event }),
    )
    const changes = writes.flatMap((write) =>
      write.refusal === null ? [itemOf(write)] : [itemOf(write), this.#db.insert(refusals).select(sql`select ${write.refusal} where changes() = 0`)],
    )
    const results = await this.#run([take, ...rows, ...changes])
    const taken = (results[0] as { n: number }[])[0] // `as`: the first statement of the batch is ours
    if (!taken) throw new Fault({ code: 'unavailable', reason: 'directory is not set up' })
    return taken
  }

  /** Bookkeeping that is no event, such as what a probe read. Its callers are on a short list (tests/architecture). */
  async settle(writes: readonly Write[]): Promise<void> {
    await this.#run(writes.map(itemOf))
  }

  async #run(items: Item[]): Promise<unknown[]> {
    if (items.length === 0) return []
    try {
      return await this.#db.batch(items as [Item, ...Item[]]) // `as`: not empty, checked above
    } catch (thrown) {
      throw refusalOf(thrown)
    }
  }
}
