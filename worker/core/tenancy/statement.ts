import type { BatchItem } from 'drizzle-orm/batch'

/** What drizzle can run in a batch. */
export type Item = BatchItem<'sqlite'>

const build = Symbol('build')

/**
 * A question not asked yet. Not a promise, so a stray `await` asks nothing; only `TenantDb` and `DirectoryDb` run it,
 * always behind the fence.
 */
export class Read<T> {
  readonly [build]: Item
  readonly #shape: (rows: never) => T
  constructor(item: Item, shape: (rows: never) => T) {
    this[build] = item
    this.#shape = shape
  }
  /** The answer made of what the database returned. */
  shaped(rows: unknown): T {
    return this.#shape(rows as never) // `as`: drizzle types the rows of a batch by position; the builder that made this Read knows them
  }
  /** The same question with its answer turned into something else. */
  map<U>(turn: (answer: T) => U): Read<U> {
    return new Read<U>(this[build], (rows: never) => turn(this.#shape(rows)))
  }
}

/** A change that has not happened. Not a promise; only `commit` makes it happen, with its event, in one batch. */
export class Write {
  readonly [build]: Item
  /** When set, the batch is aborted with this reason unless the change found a row to change. */
  readonly refusal: string | null
  constructor(item: Item, refusal: string | null = null) {
    this[build] = item
    this.refusal = refusal
  }
  /** The whole batch is refused with `reason` (snake_case, a state of the world) when this changes nothing. */
  orRefuse(reason: string): Write {
    return new Write(this[build], reason)
  }
}

/** For the two databases of this folder only. */
export const itemOf = (statement: Read<unknown> | Write): Item => statement[build]

