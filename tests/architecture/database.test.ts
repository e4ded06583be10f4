import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { filesBelow, planted, type Rule, type SourceFile } from './tree.ts'

/** Shard tables that belong to no tenant, and why. */
const tenantless: Record<string, string> = {
  refusals: 'holds no row ever; inserting into it aborts a batch with a reason',
}

const folders = { directory: 'db/migrations/directory', shard: 'db/migrations/shard' } as const
type Folder = keyof typeof folders

/** The words a migration's name may begin with: the core and the product modules. */
const modules = ['core', 'contracting', 'workforce', 'crm', 'messaging', 'calls']

const migrationsAreNumberedAndNamed: Rule = (files) =>
  files.flatMap(({ path: file }, index) => {
    const match = /^(\d{4})_([a-z]+)_[a-z0-9_]+\.sql$/.exec(path.basename(file))
    if (!match || !modules.includes(match[2] ?? '')) return [`${file} is not named NNNN_<module>_<what>.sql. npm run migration names it for you.`]
    return Number(match[1]) === index ? [] : [`${file} should carry the number ${String(index).padStart(4, '0')}: numbers rise by one and are used once.`]
  })

const noGeneratedRebuild: Rule = (files) =>
  files
    .filter(({ text }) => /__new_/.test(text))
    .map(({ path: file }) => `${file} rebuilds a table the generated way, which empties its children through the cascade and drops its triggers. Rebuild it by hand (docs/runbooks) and count the rows in its test.`)

const migrations = (folder: Folder): SourceFile[] => filesBelow(folders[folder]).filter(({ path: file }) => file.endsWith('.sql'))

function migrated(sql: readonly SourceFile[]): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const { text } of sql) database.exec(text)
  return database
}

type Column = { name: string; notnull: number; pk: number }
type Reference = { id: number; table: string; from: string; on_delete: string }

/** Every table begins its key with the tenant, and every reference carries it: the database itself refuses a foreign parent. */
function tenantRules(database: DatabaseSync, exempt: Record<string, string>): string[] {
  return tablesOf(database)
    .filter((table) => !exempt[table])
    .flatMap((table) => {
      // The shapes are SQLite's, of the pragmas named.
      const columns = database.prepare(`PRAGMA table_info("${table}")`).all() as Column[]
      const references = database.prepare(`PRAGMA foreign_key_list("${table}")`).all() as Reference[]
      const tenant = columns.find(({ name }) => name === 'tenant_id')
      const keyed = tenant?.notnull === 1 && tenant.pk === 1
      return [
        ...(keyed ? [] : [`${table} does not begin its primary key with tenant_id. Make it (tenant_id, id), or put the table on the short list with a reason.`]),
        ...referenceRules(table, references),
      ]
    })
}

function referenceRules(table: string, references: Reference[]): string[] {
  const byId = Map.groupBy(references, ({ id }) => id)
  return [...byId.values()].flatMap((parts) => {
    const parent = parts[0]?.table ?? ''
    return [
      ...(parts.some(({ from }) => from === 'tenant_id') ? [] : [`${table} refers to ${parent} without tenant_id, so a row could hang under another tenant's parent. Refer by (tenant_id, parent_id).`]),
      ...(parent !== 'tenant_fence' && parts.some(({ on_delete: action }) => action !== 'NO ACTION')
        ? [`${table} would die with ${parent}. Only tenant_fence cascades; delete the children by name.`]
        : []),
    ]
  })
}

function tablesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all()
  return rows.map(({ name }) => String(name))
}

test('migrations are numbered once, in order, and say whose they are', () => {
  for (const folder of ['directory', 'shard'] as const) {
    expect(migrations(folder).length).toBeGreaterThan(0)
    expect(migrationsAreNumberedAndNamed(migrations(folder))).toEqual([])
    expect(noGeneratedRebuild(migrations(folder))).toEqual([])
  }
})

test('drizzle’s journal lists exactly the migrations that are there', () => {
  for (const folder of Object.values(folders)) {
    // Written by drizzle-kit.
    const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { tag: string }[] }
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(readdirSync(folder).filter((name) => name.endsWith('.sql')).sort())
  }
})

test('every table of a shard belongs to a tenant, and so does every reference', () => {
  expect(tenantRules(migrated(migrations('shard')), tenantless)).toEqual([])
})

test('the short list of tables without a tenant names only tables that exist', () => {
  expect(tablesOf(migrated(migrations('shard')))).toEqual(expect.arrayContaining(Object.keys(tenantless)))
})

test('a table without a tenant, a loose reference and a wandering cascade are found', () => {
  const fence = 'CREATE TABLE tenant_fence (tenant_id TEXT NOT NULL PRIMARY KEY);'
  const parents = 'CREATE TABLE parents (tenant_id TEXT NOT NULL REFERENCES tenant_fence ON DELETE CASCADE, id TEXT NOT NULL, PRIMARY KEY (tenant_id, id));'
  const good = 'CREATE TABLE good (tenant_id TEXT NOT NULL, id TEXT NOT NULL, parent TEXT, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, parent) REFERENCES parents);'
  const findings = (sql: string) => tenantRules(migrated([planted('0000_core_x.sql', fence + parents + sql)]), {})
  expect(findings(good)).toEqual([])
  expect(findings('CREATE TABLE loose (id TEXT PRIMARY KEY);')).toEqual([expect.stringContaining('loose')])
  expect(findings(good.replace('FOREIGN KEY (tenant_id, parent) REFERENCES parents', 'FOREIGN KEY (parent) REFERENCES parents (id)'))).toHaveLength(1)
  expect(findings(good.replace('REFERENCES parents', 'REFERENCES parents ON DELETE CASCADE'))).toEqual([expect.stringContaining('would die')])
})

test('a gap, a strange name and a generated rebuild are found', () => {
  const files = [planted('db/0000_core_a.sql', ''), planted('db/0002_core_b.sql', ''), planted('db/0002_misc_c.sql', 'CREATE TABLE `__new_x` (a);')]
  expect(migrationsAreNumberedAndNamed(files)).toHaveLength(2)
  expect(noGeneratedRebuild(files)).toHaveLength(1)
})
