import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

import type { Miniflare } from 'miniflare'

/** A database as miniflare hands it out. */
type Database = Awaited<ReturnType<Miniflare['getD1Database']>>

/**
 * Applies the migrations of `folder` that `database` has not seen, in order, each in one batch with its own record, so a
 * migration is applied whole or not at all. Uses wrangler's table, so `wrangler d1 migrations` and this may take turns.
 */
export async function migrateDatabase(database: Database, folder: string): Promise<void> {
  await database
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, ' +
        'applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run()
  const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))

  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : []
  const missing = files.filter((name) => !applied.has(name)).sort()
  if (missing.length === 0) return
  // Takes longer to be imported than all the rest; most starts find nothing missing.
  const { unstable_splitSqlQuery } = await import('wrangler')
  for (const name of missing) {
    const statements = unstable_splitSqlQuery(readFileSync(path.join(folder, name), 'utf8'))
    await database.batch([
      ...statements.map((sql) => database.prepare(sql)),
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ])
  }
}
