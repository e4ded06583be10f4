import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { Fault } from '../failure.ts'
import { KeptSql } from './kept-sql.ts'

/** What D1 takes in production. A local database takes rows of any size, so the product keeps to it by itself. */
export const PARAMETERS = 100
/** D1 refuses at 2,000,000 bytes a row, its own bookkeeping among them. */
export const ROW_BYTES = 1_900_000

/** One database of ours within the bounds of production: as it is, as drizzle shows it, and the SQL that is kept for it. */
export type Database = { readonly d1: D1Database; readonly db: DrizzleD1Database; readonly kept: KeptSql }

export function databaseOf(binding: D1Database): Database {
  const d1 = bounded(binding)
  return { d1, db: drizzle(d1), kept: new KeptSql() }
}

/** A database that refuses a statement before it is sent, where production would refuse it afterwards. */
export const bounded = (database: D1Database): D1Database =>
  new Proxy(database, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => boundedStatement(target.prepare(sql))
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })

/** The very statement, for a batch takes no other; only what is bound to it is looked at first. */
function boundedStatement(statement: D1PreparedStatement): D1PreparedStatement {
  const bind = statement.bind.bind(statement)
  statement.bind = (...params: unknown[]) => {
    if (params.length > PARAMETERS) throw new RangeError(`${params.length} bound parameters: D1 takes ${PARAMETERS}`)
    if (isOver(params)) throw new Fault({ code: 'too_large', limitBytes: ROW_BYTES })
    return bind(...params)
  }
  return statement
}

/** Whether these values are more than one row may hold. Most are told by their length: no character has more than three bytes a unit. */
function isOver(params: readonly unknown[]): boolean {
  let [atMost, bytes] = [0, 0]
  for (const param of params) atMost += typeof param === 'string' ? param.length * 3 : sizeOf(param)
  if (atMost <= ROW_BYTES) return false
  for (const param of params) bytes += typeof param === 'string' ? new TextEncoder().encode(param).length : sizeOf(param)
  return bytes > ROW_BYTES
}

const sizeOf = (value: unknown): number => (value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? value.byteLength : 8)
