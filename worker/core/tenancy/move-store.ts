import { createHash } from 'node:crypto'
import { quoted, tenantTables, type ShardTable } from './shard-tables.ts'

type FenceState = 'open' | 'moving' | 'moved'
type Value = string | number | null

/** Rows carried over by one batch. */
const AT_ONCE = 100

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

/** Every row of the tenant, parents before children, behind a fence that takes no writes but keeps its numbers. */
export async function copyTenant(source: D1Database, target: D1Database, tenantId: string): Promise<void> {
  const fence = await source.prepare('select * from tenant_fence where tenant_id = ?').bind(tenantId).first<Record<string, Value>>()
  if (!fence) return
  const names = Object.keys(fence)
  await target.prepare(insertInto('tenant_fence', names)).bind(...names.map((name) => (name === 'state' ? 'moving' : (fence[name] ?? null)))).run()
  for (const table of await tenantTables(source)) {
    for await (const rows of pages(source, table, tenantId)) await target.batch(rows.map((row) => target.prepare(insertInto(table.name, table.columns)).bind(...row)))
  }
}

/** How many rows the tenant has on a shard, and a SHA-256 over its fence and all of them, table by table in the order of their keys. */
export async function tenantDigest(shard: D1Database, tenantId: string): Promise<{ rows: number; hash: string }> {
  const hash = createHash('sha256')
  const fence = await shard.prepare('select * from tenant_fence where tenant_id = ?').bind(tenantId).first<Record<string, Value>>()
  hash.update(JSON.stringify(Object.entries({ ...fence, state: null }).toSorted(([a], [b]) => (a < b ? -1 : 1))))
  let rows = 0
  for (const table of (await tenantTables(shard)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const columns = table.columns.toSorted()
    hash.update(JSON.stringify([table.name, columns]))
    for await (const page of pages(shard, { ...table, columns }, tenantId)) {
      for (const row of page) hash.update(JSON.stringify(row))
      rows += page.length
    }
  }
  return { rows, hash: hash.digest('hex') }
}

/** A tenant's rows of one table in the order of its key, a batch at a time, as arrays in the order of `columns`. */
async function* pages(shard: D1Database, table: ShardTable, tenantId: string): AsyncGenerator<Value[][]> {
  const key = table.key.filter((column) => column !== 'tenant_id')
  const places = key.map((column) => table.columns.indexOf(column))
  const order = key.map(quoted).join(', ')
  const select = `select ${table.columns.map(quoted).join(', ')} from ${quoted(table.name)} where tenant_id = ?`
  for (let after: Value[] | null = null; ; ) {
    const where: string = after === null ? '' : ` and (${order}) > (${key.map(() => '?').join(', ')})`
    const rows: Value[][] = await shard.prepare(`${select}${where} order by ${order} limit ${AT_ONCE}`).bind(tenantId, ...(after ?? [])).raw<Value[]>()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < AT_ONCE || !last) return
    after = places.map((place) => last[place] ?? null)
  }
}

const insertInto = (table: string, columns: readonly string[]): string => `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`
