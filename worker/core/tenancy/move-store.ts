import { createHash } from 'node:crypto'
import { inState } from './fence-guard.ts'
import { quoted, tenantTables, type ShardTable } from './shard-tables.ts'

type FenceState = 'open' | 'moving' | 'moved'
type Value = string | number | null

/** Rows carried over by one statement, and read at once for their hash. */
const AT_ONCE = 100
const READ_AT_ONCE = 1000
/** One bound value may be 2 MB at most. */
const VALUE_BYTES = 1_000_000
/** Pages that one run carries over: D1 takes a thousand statements from one invocation. */
const PAGES_A_RUN = 300

export async function fenceAt(shard: D1Database, tenantId: string): Promise<string | null> {
  return (await shard.prepare('select state from tenant_fence where tenant_id = ?').bind(tenantId).first<string>('state')) ?? null
}

/** A fence from one state to another; nothing where it is not in the first. */
export async function turnFence(shard: D1Database, tenantId: string, from: FenceState, to: FenceState): Promise<void> {
  await shard.prepare('update tenant_fence set state = ? where tenant_id = ? and state = ?').bind(to, tenantId, from).run()
}

/** Whether events lie in the outbox, sealed or not. */
export async function waitingEvents(shard: D1Database, tenantId: string): Promise<boolean> {
  return (await shard.prepare('select 1 as n from outbox where tenant_id = ? limit 1').bind(tenantId).first()) !== null
}

/** Fences that a move has turned and not turned on. */
export async function strayFences(shard: D1Database, limit: number): Promise<{ tenantId: string; state: 'moving' | 'moved' }[]> {
  const { results } = await shard.prepare("select tenant_id as tenantId, state from tenant_fence where state in ('moving', 'moved') limit ?").bind(limit).all<{ tenantId: string; state: 'moving' | 'moved' }>()
  return results
}

/**
 * Every row of the tenant, parents before children, behind a fence that takes no writes but keeps its numbers. Rows are only
 * added, in the order of their keys, each table from where the copy ends: a run that was cut off or overlaps with another
 * costs nothing but time. False where there is more to copy than one run may.
 */
export async function copyTenant(source: D1Database, target: D1Database, tenantId: string, pagesLeft = PAGES_A_RUN): Promise<boolean> {
  const fence = await source.prepare('select * from tenant_fence where tenant_id = ?').bind(tenantId).first<Record<string, Value>>()
  if (!fence) return true
  const names = Object.keys(fence)
  const values = names.map((name) => (name === 'state' ? 'moving' : (fence[name] ?? null)))
  await target.prepare(`insert into tenant_fence (${names.map(quoted).join(', ')}) values (${names.map(() => '?').join(', ')}) on conflict do nothing`).bind(...values).run()
  let left = pagesLeft
  for (const table of await tenantTables(source)) {
    for await (const rows of pages(source, table, tenantId, AT_ONCE, await lastKey(target, table, tenantId))) {
      if (left <= 0) return false
      left -= await add(target, table, tenantId, rows)
    }
  }
  return true
}

/** Adds rows that are not there yet, behind a fence that says `moving`. Answers how many statements it took. */
async function add(target: D1Database, table: ShardTable, tenantId: string, rows: readonly Value[][]): Promise<number> {
  const listed = JSON.stringify(rows)
  if (listed.length > VALUE_BYTES && rows.length > 1) {
    const middle = rows.length >> 1
    return (await add(target, table, tenantId, rows.slice(0, middle))) + (await add(target, table, tenantId, rows.slice(middle)))
  }
  const values = table.columns.map((_, index) => `json_extract(value, '$[${index}]')`)
  const insert = `insert into ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) select ${values.join(', ')} from json_each(?) where true on conflict do nothing`
  await target.batch([inState(target, tenantId, 'moving'), target.prepare(insert).bind(listed)])
  return 1
}

/** The greatest key of a tenant's rows in a table, or null where there is none. */
async function lastKey(shard: D1Database, table: ShardTable, tenantId: string): Promise<Value[] | null> {
  const key = keyOf(table).map(quoted)
  const [row] = await shard.prepare(`select ${key.join(', ')} from ${quoted(table.name)} where tenant_id = ? order by ${key.map((column) => `${column} desc`).join(', ')} limit 1`).bind(tenantId).raw<Value[]>()
  return row ?? null
}

/** How many rows the tenant has on a shard, its fence and outbox not counted. */
export async function countRows(shard: D1Database, tenantId: string): Promise<number> {
  return (await shard.prepare(`select ${await rowCount(shard)} as n`).bind(tenantId).first<number>('n')) ?? 0
}

/** Opens the fence of a copy that holds exactly so many rows, in one statement: what was removed a moment ago keeps it shut. */
export async function openWhole(shard: D1Database, tenantId: string, rows: number): Promise<boolean> {
  const opened = await shard.prepare(`update tenant_fence set state = 'open' where tenant_id = ?1 and state = 'moving' and ${await rowCount(shard)} = ?2`).bind(tenantId, rows).run()
  return opened.meta.changes === 1
}

const rowCount = async (shard: D1Database): Promise<string> => `(${(await tenantTables(shard)).map(({ name }) => `(select count(*) from ${quoted(name)} where tenant_id = ?1)`).join(' + ')})`

/** How many rows the tenant has on a shard, and a SHA-256 over its fence and all of them, table by table in the order of their keys. */
export async function tenantDigest(shard: D1Database, tenantId: string): Promise<{ rows: number; hash: string }> {
  const hash = createHash('sha256')
  const fence = await shard.prepare('select * from tenant_fence where tenant_id = ?').bind(tenantId).first<Record<string, Value>>()
  hash.update(JSON.stringify(Object.entries({ ...fence, state: null }).toSorted(([a], [b]) => (a < b ? -1 : 1))))
  let rows = 0
  for (const table of (await tenantTables(shard)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const columns = table.columns.toSorted()
    hash.update(JSON.stringify([table.name, columns]))
    for await (const page of pages(shard, { ...table, columns }, tenantId, READ_AT_ONCE)) {
      for (const row of page) hash.update(JSON.stringify(row))
      rows += page.length
    }
  }
  return { rows, hash: hash.digest('hex') }
}

const keyOf = (table: ShardTable): string[] => table.key.filter((column) => column !== 'tenant_id')

/** A tenant's rows of one table in the order of its key, from behind `start`, so many at a time, as arrays in the order of `columns`. */
async function* pages(shard: D1Database, table: ShardTable, tenantId: string, atOnce: number, start: Value[] | null = null): AsyncGenerator<Value[][]> {
  const key = keyOf(table)
  const places = key.map((column) => table.columns.indexOf(column))
  const order = key.map(quoted).join(', ')
  const select = `select ${table.columns.map(quoted).join(', ')} from ${quoted(table.name)} where tenant_id = ?`
  for (let after = start; ; ) {
    const where: string = after === null ? '' : ` and (${order}) > (${key.map(() => '?').join(', ')})`
    const rows: Value[][] = await shard.prepare(`${select}${where} order by ${order} limit ${atOnce}`).bind(tenantId, ...(after ?? [])).raw<Value[]>()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < atOnce || !last) return
    after = places.map((place) => last[place] ?? null)
  }
}
