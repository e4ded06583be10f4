import { readdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Row = Readonly<Record<string, string | number | null>>

/** Every row of a table in whichever of the product's databases has it, as the files have them now. */
export function rowsOf(state: string, table: string): Row[] {
  const folder = path.join(state, 'v3/d1/miniflare-D1DatabaseObject')
  return readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite').flatMap((name) => {
    const database = new DatabaseSync(path.join(folder, name), { readOnly: true, timeout: 5000 })
    try {
      const has = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table)
      return has ? (database.prepare(`SELECT * FROM "${table}"`).all() as Row[]) : [] // `as`: what SQLite has, blobs apart, which no table of ours has
    } finally {
      database.close()
    }
  })
}
