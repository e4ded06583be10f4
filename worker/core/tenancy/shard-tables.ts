/**
 * The tables of a shard that hold tenants' rows, as the database itself lists them, so that no table added later can be
 * forgotten by a move or by the destruction of a tenant.
 */
export type ShardTable = { readonly name: string; readonly columns: readonly string[]; readonly key: readonly string[] }

/** Holds the fence and the transport of events: both are dealt with by name, last. */
const apart = new Set(['tenant_fence', 'outbox'])

/** Every such table, each after those it refers to: rows may be written in this order and removed in the reverse one. */
export async function tenantTables(shard: D1Database): Promise<ShardTable[]> {
  const columns = await shard
    .prepare("select t.name as tab, c.name as col, c.pk as pk from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like '\\_cf%' escape '\\' order by t.name, c.cid")
    .all<{ tab: string; col: string; pk: number }>()
  const references = await shard
    .prepare(`select t.name as tab, f."table" as target from sqlite_master t join pragma_foreign_key_list(t.name) f where t.type = 'table' and t.name not like '\\_cf%' escape '\\'`)
    .all<{ tab: string; target: string }>()
  const tables = new Map<string, { columns: string[]; key: [number, string][] }>()
  for (const { tab, col, pk } of columns.results) {
    const table = tables.get(tab) ?? { columns: [], key: [] }
    table.columns.push(col)
    if (pk > 0) table.key.push([pk, col])
    tables.set(tab, table)
  }
  const ours = [...tables].filter(([name, table]) => table.columns.includes('tenant_id') && !apart.has(name))
  const listed = ours.map(([name, table]) => ({ name, columns: table.columns, key: table.key.toSorted(([a], [b]) => a - b).map(([, column]) => column) }))
  return inOrder(listed, references.results)
}

/** Whether a name may stand in SQL of ours: it came from `sqlite_master`, and this refuses one that would need more than quotes. */
export function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`not a name of ours: ${name}`)
  return `"${name}"`
}

function inOrder(tables: readonly ShardTable[], references: readonly { tab: string; target: string }[]): ShardTable[] {
  const sorted: ShardTable[] = []
  const placed = new Set<string>(apart)
  let left = [...tables]
  while (left.length > 0) {
    const ready = left.filter(({ name }) => references.every(({ tab, target }) => tab !== name || target === name || placed.has(target)))
    if (ready.length === 0) throw new TypeError(`tables refer to each other in a circle: ${left.map(({ name }) => name).join(', ')}`)
    for (const table of ready) placed.add(table.name)
    sorted.push(...ready)
    left = left.filter(({ name }) => !placed.has(name))
  }
  return sorted
}
