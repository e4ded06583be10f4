// Over 250 lines: every way to a tenant's rows is in this one file, so that whoever looks for another way looks at one.
import { and, count, eq, getTableColumns, sql, type InferInsertModel, type InferSelectModel, type Placeholder, type SQL } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import type { SQLiteColumn, SQLiteTable, SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core'
import { outbox, tenantFence } from '../../../db/schema/fence.ts'
import { tenantProfiles } from '../../../db/schema/tenancy.ts'
import { Fault, isFault } from '../failure.ts'
import type { Role } from '../module.ts'
import type { Database } from './bounds.ts'
import { whileOpen } from './fence-guard.ts'
import type { KeptSql } from './kept-sql.ts'
import { plainStatement } from './plain-statement.ts'
import { refusalOf } from './refusal.ts'
import { itemOf, Read, Write, type Item } from './statement.ts'

/** A table that can be asked about here at all: one with a tenant column. */
export type TenantTable = SQLiteTable & { tenantId: SQLiteColumn }

/** Where a tenant lives and how it must be written to, as the door knew it when it opened. */
export type Seat = {
  readonly tenantId: string
  readonly shard: string
  readonly sealVersion: number
  readonly policyVersion: number
  /** The member's account and the role the door believes it holds; null for keys, jobs and operators. */
  readonly accountId: string | null
  readonly role: Role | null
  /** Sessions opened before the fence's `sessions_after` are void; null for callers without a session. */
  readonly sessionAt: number | null
}

/** An event as it goes into the outbox, MAC and all. */
export type OutboxRow = { id: string; body: string; personal: string | null; mac: string; at: number; urgent: boolean }

type Columns = Record<string, SQLiteColumn | SQL>
type Picked<C extends Columns> = { [K in keyof C]: C[K] extends SQLiteColumn<infer X> ? (X['notNull'] extends true ? X['data'] : X['data'] | null) : C[K] extends SQL<infer D> ? D : never }
type Find<C extends Columns | undefined> = {
  columns?: C
  where?: SQL | undefined
  groupBy?: (SQL | SQLiteColumn)[]
  orderBy?: (SQL | SQLiteColumn) | (SQL | SQLiteColumn)[]
  limit?: number
  offset?: number
}

/**
 * One tenant's rows on its shard, and nothing else: every statement made here carries the tenant, and every batch begins
 * with the fence. A store takes one of these and returns `Read`s and `Write`s; raw D1 stays in `#db`, out of reach of
 * RPC and of a careless store alike.
 */
export class TenantDb {
  readonly #db: DrizzleD1Database
  readonly #d1: D1Database
  readonly #kept: KeptSql
  readonly #seat: Seat

  constructor({ d1, db, kept }: Database, seat: Seat) {
    this.#d1 = d1
    this.#db = db
    this.#kept = kept
    this.#seat = seat
  }

  get tenantId(): string {
    return this.#seat.tenantId
  }

  /** Rows of one table that belong to the tenant. */
  find<T extends TenantTable>(table: T, options?: Find<undefined>): Read<InferSelectModel<T>[]>
  find<T extends TenantTable, C extends Columns>(table: T, options: Find<C> & { columns: C }): Read<Picked<C>[]>
  find(table: TenantTable, options: Find<Columns | undefined> = {}): Read<unknown> {
    const { groupBy } = options
    const [limit, offset] = [literal(options.limit), literal(options.offset)]
    const columns = options.columns ?? getTableColumns(table)
    const where = this.#mine(table, options.where)
    const orderBy = options.orderBy && [options.orderBy].flat()
    const shape = this.#kept.shape('find').part(table).named(columns).part(where).part(groupBy).part(orderBy).part(limit).part(offset)
    const build = (): Item => {
      let query = this.#db.select(columns).from(table).where(where).$dynamic()
      if (groupBy) query = query.groupBy(...groupBy)
      if (orderBy) query = query.orderBy(...orderBy)
      if (limit) query = query.limit(limit)
      if (offset) query = query.offset(offset)
      return query
    }
    return new Read(this.#kept.item(this.#d1, shape, build), (rows) => rows)
  }

  /** The first such row, or undefined. */
  findOne<T extends TenantTable>(table: T, where: SQL | undefined): Read<InferSelectModel<T> | undefined> {
    return this.find(table, { where, limit: 1 }).map((rows) => rows[0])
  }

  /** How many such rows there are. */
  count(table: TenantTable, where?: SQL): Read<number> {
    const mine = this.#mine(table, where)
    const item = this.#kept.item(this.#d1, this.#kept.shape('count').part(table).part(mine), () => this.#db.select({ n: count() }).from(table).where(mine))
    return new Read(item, (rows: { n: number }[]) => rows[0]?.n ?? 0)
  }

  /**
   * Two tables of the tenant joined on a condition; both sides are pinned to the tenant whatever `on` says.
   */
  join<A extends TenantTable, B extends TenantTable, C extends Columns>(
    left: A,
    right: B,
    options: { columns: C; on: SQL; where?: SQL | undefined; orderBy?: (SQL | SQLiteColumn)[]; limit?: number },
  ): Read<Picked<C>[]> {
    const { columns, orderBy } = options
    const limit = literal(options.limit)
    const where = this.#mine(left, options.where)
    const on = and(options.on, eq(right.tenantId, this.#seat.tenantId))
    const shape = this.#kept.shape('join').part(left).part(right).named(columns).part(on).part(where).part(orderBy).part(limit)
    const build = (): Item => {
      let query = this.#db
        .select(columns)
        .from(left as SQLiteTable) // `as`: drizzle's join types need the plain table
        .where(where)
        .$dynamic()
        .innerJoin(right as SQLiteTable, on) // `as`: likewise
      if (orderBy) query = query.orderBy(...orderBy)
      if (limit) query = query.limit(limit)
      return query
    }
    return new Read<Picked<C>[]>(this.#kept.item(this.#d1, shape, build), (rows) => rows)
  }

  insert<T extends TenantTable>(table: T, values: Omit<T['$inferInsert'], 'tenantId'> & { tenantId?: never }): Write {
    const row = { ...values, tenantId: this.#seat.tenantId }
    const shape = this.#kept.shape('insert').part(table).row(getTableColumns(table), row)
    // `as`: drizzle cannot see that the generic table's insert model is this object plus its tenant
    return new Write(this.#kept.item(this.#d1, shape, () => this.#db.insert(table).values(row as unknown as InferInsertModel<T>)))
  }

  update<T extends TenantTable>(table: T, where: SQL, set: SQLiteUpdateSetSource<T> & { tenantId?: never }): Write {
    const mine = this.#mine(table, where)
    const shape = this.#kept.shape('update').part(table).row(getTableColumns(table), set).part(mine)
    return new Write(this.#kept.item(this.#d1, shape, () => this.#db.update(table).set(set).where(mine)))
  }

  remove<T extends TenantTable>(table: T, where: SQL): Write {
    const mine = this.#mine(table, where)
    return new Write(this.#kept.item(this.#d1, this.#kept.shape('remove').part(table).part(mine), () => this.#db.delete(table).where(mine)))
  }

  /** Ask one question behind the fence. */
  async read<T>(read: Read<T>): Promise<T> {
    const [answer] = await this.readAll([read])
    return answer
  }

  /** Ask several questions in one batch behind the fence: one round trip, one moment. */
  async readAll<const R extends readonly Read<unknown>[]>(reads: R): Promise<{ [K in keyof R]: R[K] extends Read<infer T> ? T : never }> {
    const results = await this.#run([this.#fence(), ...reads.map(itemOf)])
    this.#check((results[0] as FenceRow[])[0]) // `as`: the first statement of the batch is ours
    // `as`: shaped positionally, as drizzle's own batch does
    return reads.map((read, index) => read.shaped(results[index + 1])) as { [K in keyof R]: R[K] extends Read<infer T> ? T : never }
  }

  /** Number of the last event and of the last sealed one. */
  async progress(): Promise<{ eventN: number; sealedN: number; oldestAt: number | null }> {
    const rows = await this.#db
      .select({ eventN: tenantFence.eventN, sealedN: tenantFence.sealedN, oldestAt: sql<number | null>`(select min(${outbox.at}) from ${outbox} where ${outbox.tenantId} = ${this.#seat.tenantId} and ${outbox.n} > ${tenantFence.sealedN})` })
      .from(tenantFence)
      .where(eq(tenantFence.tenantId, this.#seat.tenantId))
    const row = rows[0]
    if (!row) throw new Fault({ code: 'stale_fence', reason: 'no fence here' })
    return row
  }

  /**
   * Make the changes happen together with their events, or not at all. Only `commit` in ctx.ts calls this.
   * The outbox rows go first: their trigger holds fence, seal version and role as they stood before the changes, so that a
   * member may give up the very role that let it act.
   */
  async write(writes: readonly Write[], events: readonly OutboxRow[]): Promise<void> {
    await this.#write([], writes, events)
  }

  /**
   * The same, and a question of how things stand once they are made: one batch, one moment. As nothing was asked before it, the
   * batch is refused under a policy that no longer holds. Only `commitAsking` calls this.
   */
  async writeAsking<T>(writes: readonly Write[], events: readonly OutboxRow[], asked: Read<T>): Promise<T> {
    const { tenantId, policyVersion } = this.#seat
    return asked.shaped((await this.#write([plainStatement(this.#d1, REFUSE_UNLESS_POLICY, [tenantId, policyVersion])], writes, events, [itemOf(asked)])).at(-1))
  }

  /** The very first batch of a tenant: its fence, its rows, its first events. Refused as `exists` when it was made already. */
  async found(writes: readonly Write[], events: readonly OutboxRow[]): Promise<void> {
    const { tenantId, sealVersion, policyVersion } = this.#seat
    const fence = this.#db.insert(tenantFence).values({ tenantId, state: 'open', sealVersion, policyVersion, sessionsAfter: 0, eventN: 0, sealedN: 0 })
    await this.#write([fence], writes, events)
  }

  /** The first batch after a closing was called off: it opens the fence again, if the grace period has not ended. */
  async reopen(now: number, writes: readonly Write[], events: readonly OutboxRow[]): Promise<void> {
    const mine = eq(tenantFence.tenantId, this.#seat.tenantId)
    const waiting = sql`exists (select 1 from ${tenantProfiles} where ${tenantProfiles.tenantId} = ${this.#seat.tenantId} and ${tenantProfiles.closesAt} > ${now})`
    const open = this.#db.update(tenantFence).set({ state: 'open' }).where(and(mine, eq(tenantFence.state, 'closed'), waiting))
    await this.#write([open, this.#refuseUnlessChanged('not_closing')], writes, events)
  }

  async #write(before: readonly Item[], writes: readonly Write[], events: readonly OutboxRow[], after: readonly Item[] = []): Promise<unknown[]> {
    const { tenantId, sealVersion, accountId, role } = this.#seat
    const take = plainStatement(this.#d1, TAKE, [events.length, tenantId])
    const rows = events.map(({ id, body, personal, mac, at, urgent }, index) =>
      plainStatement(this.#d1, APPEND, [tenantId, tenantId, events.length - 1 - index, id, body, personal, mac, at, urgent ? 1 : 0, sealVersion, accountId, role]),
    )
    const changes = writes.flatMap((write) => (write.refusal === null ? [itemOf(write)] : [itemOf(write), this.#refuseUnlessChanged(write.refusal)]))
    const results = await this.#run([...before, take, ...rows, ...changes, ...after])
    if ((results[before.length] as unknown[]).length === 0) throw new Fault({ code: 'stale_fence', reason: 'no fence here' }) // `as`: that statement of the batch is ours
    return results
  }

  /**
   * Bookkeeping of what is already in the log, such as the answer kept for a replay: without an event of
   * its own. False, and nothing is written, where the fence is not open at the seal version this seat knows. Its callers are
   * on a short list (tests/architecture).
   */
  async settle(...writes: readonly Write[]): Promise<boolean> {
    try {
      await this.#run([whileOpen(this.#db, this.#seat), ...writes.map(itemOf)])
      return true
    } catch (thrown) {
      if (isFault(thrown) && thrown.failure.code === 'stale_fence') return false
      throw thrown
    }
  }

  #mine(table: TenantTable, where: SQL | undefined): SQL | undefined {
    return and(eq(table.tenantId, this.#seat.tenantId), where)
  }

  #fence(): Item {
    return plainStatement(this.#d1, FENCE, [this.#seat.accountId ?? '', this.#seat.tenantId])
  }

  #check(row: FenceRow | undefined): void {
    if (!row || row.state === 'moved' || row.state === 'restored') throw new Fault({ code: 'stale_fence', reason: 'tenant is not here' })
    if (row.state === 'closed') throw new Fault({ code: 'not_found' })
    const { accountId, role, sessionAt, policyVersion } = this.#seat
    if (row.policyVersion !== policyVersion) throw new Fault({ code: 'stale_fence', reason: 'policy changed' })
    if (accountId === null) return
    if (row.role === null) throw new Fault({ code: 'not_found' })
    if (sessionAt !== null && sessionAt < row.sessionsAfter) throw new Fault({ code: 'unauthenticated' })
    if (row.role !== role) throw new Fault({ code: 'stale_fence', reason: 'role changed' })
  }

  /** `changes()` counts the statement just before this one in the same transaction. */
  #refuseUnlessChanged(reason: string): Item {
    return plainStatement(this.#d1, REFUSE_UNLESS_CHANGED, [reason])
  }

  async #run(items: Item[]): Promise<unknown[]> {
    try {
      return await this.#db.batch(items as [Item, ...Item[]]) // `as`: never empty, every caller puts the fence first
    } catch (thrown) {
      throw refusalOf(thrown)
    }
  }
}

/** A number of rows as it stands in the text. As a bound value SQLite would plan the statement anew each time it is asked. */
function literal(rows: number | undefined): (SQL & Placeholder) | undefined {
  if (rows === undefined) return undefined
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`${rows} is no number of rows`)
  return sql.raw(String(rows)) as SQL & Placeholder // `as`: drizzle takes any part of a statement here, and types numbers and placeholders
}

/** The first statement of every question: where the tenant stands, and what its member may do. Takes account and tenant. */
const FENCE = `select "tenant_fence"."state", "tenant_fence"."policy_version" as "policyVersion", "tenant_fence"."sessions_after" as "sessionsAfter", "user_roles"."role"
  from "tenant_fence" left join "user_roles" on ("user_roles"."tenant_id" = "tenant_fence"."tenant_id" and "user_roles"."account_id" = ?) where "tenant_fence"."tenant_id" = ?`

/** Numbers for as many events as there are, gap-free. Takes how many, and the tenant. */
const TAKE = 'update "tenant_fence" set "event_n" = "tenant_fence"."event_n" + ? where "tenant_fence"."tenant_id" = ? returning "event_n" as "n"'

/** An event under its number, so many before the last one taken; its trigger is the fence of every change. */
const APPEND = `insert into "outbox" ("tenant_id", "n", "id", "body", "personal", "mac", "at", "urgent", "seal_version", "account_id", "role")
  values (?, (select "tenant_fence"."event_n" from "tenant_fence" where "tenant_fence"."tenant_id" = ?) - ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Aborts the batch with a reason when the statement before it changed nothing. */
const REFUSE_UNLESS_CHANGED = 'insert into "refusals" ("reason") select ? where changes() = 0'

/** Aborts the batch where the policy is another one by now. Takes the tenant, and the version known. */
const REFUSE_UNLESS_POLICY = `insert into "refusals" ("reason") select 'fence' where not exists (select 1 from "tenant_fence" where "tenant_id" = ? and "policy_version" = ?)`

type FenceRow = { state: string; policyVersion: number; sessionsAfter: number; role: string | null }
