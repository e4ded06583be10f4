import { expect, test } from 'vitest'
import { bindings } from '../support/scene.ts'

/** These tests read the databases as they were migrated, not the files that describe them. */

type Column = { name: string; notnull: number; pk: number }
type Reference = { id: number; table: string; from: string; to: string; on_delete: string }

/** Tables of a shard that are no customer's, and why. */
const nobodys: Record<string, string> = {
  refusals: 'never holds a row: inserting one aborts a batch',
  d1_migrations: 'which migrations ran',
}
/** Tables of a tenant that no cascade may empty: a log must not die with its tenant. */
const logs: Record<string, string> = { outbox: 'events on their way to the audit chain' }

const shards = { SHARD_1: bindings.SHARD_1, SHARD_2: bindings.SHARD_2 }
const names = async (d1: D1Database): Promise<string[]> =>
  (await d1.prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\' and name not like 'sqlite%' order by name").all<{ name: string }>()).results.map(({ name }) => name)
const columns = async (d1: D1Database, table: string): Promise<Column[]> => (await d1.prepare(`select name, "notnull", pk from pragma_table_info('${table}')`).all<Column>()).results
const references = async (d1: D1Database, table: string): Promise<Reference[]> => (await d1.prepare(`select id, "table", "from", "to", on_delete from pragma_foreign_key_list('${table}')`).all<Reference>()).results

test('[IFD-81] every customer table names its tenant, may not leave it out, and goes with it', async () => {
  for (const [shard, d1] of Object.entries(shards)) {
    const tables = (await names(d1)).filter((name) => !(name in nobodys) && !(name in logs) && name !== 'tenant_fence')
    expect(tables.length).toBeGreaterThan(8)
    for (const table of tables) {
      const tenant = (await columns(d1, table)).find(({ name }) => name === 'tenant_id')
      expect(tenant, `${shard}.${table}`).toMatchObject({ notnull: 1, pk: 1 })
      const cascade = (await references(d1, table)).filter(({ from, on_delete }) => from === 'tenant_id' && on_delete === 'CASCADE')
      expect(cascade.map((reference) => [reference.table, reference.to]), `${shard}.${table}`).toEqual([['tenant_fence', 'tenant_id']])
    }
    for (const table of Object.keys(logs)) expect((await references(d1, table)).length, table).toBe(0)
  }
})

test('a reference between customer tables carries the tenant, so that the database itself refuses a foreign parent', async () => {
  for (const [shard, d1] of Object.entries(shards)) {
    for (const table of await names(d1)) {
      const all = await references(d1, table)
      for (const id of new Set(all.map((reference) => reference.id))) {
        const parts = all.filter((reference) => reference.id === id)
        if (parts[0]?.table === 'tenant_fence') continue
        expect(parts.map(({ from }) => from), `${shard}.${table}`).toContain('tenant_id')
        expect(parts.map(({ on_delete }) => on_delete), `${shard}.${table}`).not.toContain('CASCADE')
      }
    }
  }
})

test('[CLN-22] roles live in user_roles by tenant and account, and neither accounts nor members have one', async () => {
  for (const d1 of Object.values(shards)) {
    expect((await columns(d1, 'user_roles')).map(({ name }) => name)).toEqual(expect.arrayContaining(['tenant_id', 'account_id', 'role']))
    const withRole = []
    for (const table of await names(d1)) if ((await columns(d1, table)).some(({ name }) => name === 'role')) withRole.push(table)
    // An invitation says which role it offers, an event which role acted; only user_roles says who holds one.
    expect(withRole).toEqual(['invitations', 'outbox', 'user_roles'])
  }
  for (const table of await names(bindings.DIRECTORY)) expect((await columns(bindings.DIRECTORY, table)).map(({ name }) => name), table).not.toContain('role')
})

test('both shards have the same tables, columns and triggers', async () => {
  const shape = async (d1: D1Database) => (await d1.prepare("select type, name, sql from sqlite_master where name not like '\\_cf%' escape '\\' and name not like 'sqlite%' order by type, name").all()).results
  expect(await shape(bindings.SHARD_2)).toEqual(await shape(bindings.SHARD_1))
})
