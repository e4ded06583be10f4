import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { reachNow, replaced } from '../../../tests/support/scene.ts'
import { memberContact, memberJoined } from './module.ts'
import { insertMember } from './store.ts'
import { SweepDb } from './sweep-db.ts'

const table = { table: 'members', columns: ['contact'] }
const AT_ONCE = 50

/** How many rows the database reads to reseal fifty members of a tenant that has so many. */
async function rowsRead(members: number): Promise<number> {
  const tenant = await newTenant()
  for (let from = 0; from < members; from += 50) {
    await tenant.asJob(async (ctx) => {
      const writes = await Promise.all(Array.from({ length: 50 }, async () => {
        const [id, accountId] = [ctx.newId('mem'), ctx.newId('acc')]
        const { sealed, sealVersion } = await ctx.vault.seal(memberContact, id, { name: 'Somebody', email: 'somebody@people.test' })
        return insertMember(ctx.db, { id, accountId, contact: sealed, sealVersion, joinedAt: ctx.now })
      }))
      await ctx.commit(writes, memberJoined(ctx.newId('mem'), { account: ctx.newId('acc'), role: 'member', invitation: null }))
    })
  }
  const d1 = (await reachNow()).shard(tenant.shard)
  let read = 0
  const batch = async (statements: D1PreparedStatement[]) => {
    const results = await d1.batch(statements)
    read += results.reduce((sum, { meta }) => sum + meta.rows_read, 0)
    return results
  }
  const rows = await new SweepDb(d1, tenant.id, 2).below(table, [], AT_ONCE)
  expect(rows).toHaveLength(AT_ONCE)
  const counted = replaced(d1, 'batch', batch as D1Database['batch']) // `as`: the same for each shape of row
  expect(await new SweepDb(counted, tenant.id, 1).reseal(table, rows.map((row) => ({ read: row, cells: row.cells })))).toBe(true)
  return read
}

test('what a sweep reads to reseal some rows does not grow with how many a tenant has', async () => {
  const [few, many] = [await rowsRead(50), await rowsRead(600)]
  expect(few).toBeGreaterThanOrEqual(AT_ONCE)
  expect(many).toBeLessThan(few * 2)
})
