import { expect, test } from 'vitest'
import type { Ctx } from '../../worker/core/ctx.ts'
import { documentKey } from '../../worker/core/documents/module.ts'
import { readDocument } from '../../worker/core/documents/read-document.ts'
import { documentKeyById } from '../../worker/core/documents/store.ts'
import { listInvitations } from '../../worker/core/tenancy/list-invitations.ts'
import { readMember } from '../../worker/core/tenancy/read-member.ts'
import { openDocumentKey } from '../../worker/core/vault/document-key.ts'
import { evidence } from '../support/evidence.ts'
import { bindings } from '../support/scene.ts'
import { reasonOf } from '../support/vault-scene.ts'
import { newHome, type Home } from './home.ts'

/** Cells of each sealed column and tenant: 25 a tenant, 50 in two. */
const CELLS = { members: 7, invitations: 6, documents: 6, document_keys: 6 }

type Table = keyof typeof CELLS

/** How the product reads what is sealed in a row of each table. */
const reads: Record<Table, (ctx: Ctx, id: string) => Promise<unknown>> = {
  members: readMember,
  invitations: (ctx) => listInvitations(ctx, { limit: 50 }),
  documents: readDocument,
  document_keys: async (ctx, id) => {
    const row = await ctx.db.read(documentKeyById(ctx.db, id))
    if (!row) throw new Error('the document has no key')
    return openDocumentKey(ctx.vault, documentKey, id, { sealed: row.content, sealVersion: row.sealVersion })
  },
}

/** A sealed value where it lies: a row of a tenant's table, with the column's name. */
type Cell = { readonly home: Home; readonly table: Table; readonly column: string; readonly id: string; readonly sealed: string; readonly version: number }

async function cellsOf(home: Home): Promise<Cell[]> {
  while ((await rowsOf(home, 'members')).length < CELLS.members) await home.member()
  for (let n = 0; n < CELLS.invitations; n += 1) await home.invitation()
  for (let n = 0; n < CELLS.documents; n += 1) await home.document()
  const tables = Object.keys(CELLS) as Table[] // `as`: the keys of CELLS
  return (await Promise.all(tables.map((table) => rowsOf(home, table)))).flat()
}

const shardOf = (home: Home): D1Database => bindings[home.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
const columnOf = (table: Table): string => (table === 'members' || table === 'invitations' ? 'contact' : 'content')

async function rowsOf(home: Home, table: Table): Promise<Cell[]> {
  const column = columnOf(table)
  const { results } = await shardOf(home).prepare(`SELECT id, ${column} AS sealed, seal_version AS version FROM ${table} WHERE tenant_id = ? ORDER BY id LIMIT ?`).bind(home.tenant.id, CELLS[table]).all<{ id: string; sealed: string; version: number }>()
  return results.map((row) => ({ home, table, column, ...row }))
}

/** Behind the product's back: what whoever holds the database file could do. */
const put = ({ home, table, column, id }: Cell, { sealed, version }: Cell) =>
  shardOf(home).prepare(`UPDATE ${table} SET ${column} = ?, seal_version = ? WHERE tenant_id = ? AND id = ?`).bind(sealed, version, home.tenant.id, id).run()

test('[IFD-39] a sealed cell put by hand into any other row, column or tenant of the database is read by nobody', async () => {
  const cells = [...(await cellsOf(await newHome('swapped'))), ...(await cellsOf(await newHome('swapped too')))]
  expect(cells).toHaveLength(50)
  const opened: string[] = []
  let [swaps, across] = [0, 0]
  for (const place of cells) {
    await place.home.tenant.asJob(async (ctx) => {
      expect(await reads[place.table](ctx, place.id)).toBeTruthy()
      for (const other of cells) {
        if (other === place) continue
        await put(place, other)
        const reason = await reasonOf(reads[place.table](ctx, place.id))
        if (reason !== 'not_authentic') opened.push(`${other.table} of ${other.home.word} in ${place.table} of ${place.home.word}: ${reason}`)
        swaps += 1
        if (other.home !== place.home) across += 1
      }
      await put(place, place)
      expect(await reads[place.table](ctx, place.id)).toBeTruthy()
    })
  }
  expect(opened).toEqual([])
  expect(swaps).toBeGreaterThanOrEqual(2450)
  evidence('G2', 'sealed cells swapped in the database', { cells: cells.length, swaps, 'between tenants': across, opened: opened.length })
}, 300_000)
