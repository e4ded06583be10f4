import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { documents } from '../../../db/schema/documents.ts'
import { members, tenantProfiles, userRoles } from '../../../db/schema/tenancy.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { bindings } from '../../../tests/support/scene.ts'
import { databaseOf, type Database } from './bounds.ts'
import { preparedOf } from './plain-statement.ts'
import { itemOf, type Read, type Write } from './statement.ts'
import { TenantDb } from './tenant-db.ts'

const at = (database: Database, tenantId: string): TenantDb => new TenantDb(database, { tenantId, shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, accountId: null, role: null, sessionAt: null })
const said = (statement: Read<unknown> | Write): { sql: string; params: readonly unknown[] } => {
  const { sql: text, params } = preparedOf(itemOf(statement)).getQuery()
  return { sql: text, params }
}

const cell = { contact: 'sealed' as never, sealVersion: 1 } // `as`: nothing is written
const statements: Record<string, (db: TenantDb, id: string) => Read<unknown> | Write> = {
  'all rows': (db) => db.find(members),
  'some rows in an order': (db, id) => db.find(members, { columns: { who: members.id, n: sql<number>`count(*)` }, where: and(eq(members.id, id), gt(members.joinedAt, 5)), groupBy: [members.id], orderBy: [desc(members.joinedAt), asc(members.id)], limit: 3, offset: 2 }),
  'any of several': (db, id) => db.find(members, { where: inArray(members.id, [id, `${id}x`]) }),
  'any of more': (db, id) => db.find(members, { where: inArray(members.id, [id, id, id]) }),
  'one row': (db, id) => db.findOne(members, eq(members.id, id)),
  'how many': (db, id) => db.count(members, eq(members.id, id)),
  'two tables': (db, id) => db.join(members, userRoles, { columns: { id: members.id, role: userRoles.role }, on: eq(userRoles.id, members.id), where: eq(members.id, id), orderBy: [asc(members.id)], limit: 26 }),
  'a new row': (db, id) => db.insert(members, { id, accountId: 'acc_1', joinedAt: 7, invitedBy: null, ...cell }),
  'a changed row': (db, id) => db.update(members, eq(members.id, id), cell),
  'another column changed': (db, id) => db.update(members, eq(members.id, id), { invitedBy: id }),
  'a column made of itself': (db, id) => db.update(tenantProfiles, eq(tenantProfiles.id, id), { name: sql`${tenantProfiles.name} || ${id}` }),
  'a removed row': (db, id) => db.remove(documents, eq(documents.id, id)),
}

test('a statement from a kept text is the statement that would be built anew, with the tenant and the values of whoever asks now', () => {
  const kept = databaseOf(bindings.SHARD_1)
  for (const make of Object.values(statements)) said(make(at(kept, 'ten_first'), 'x_first'))
  for (const [name, make] of Object.entries(statements)) {
    const again = said(make(at(kept, 'ten_second'), 'x_second'))
    expect(again, name).toEqual(said(make(at(databaseOf(bindings.SHARD_1), 'ten_second'), 'x_second')))
    expect(again.params, name).toContain('ten_second')
    expect(JSON.stringify(again), name).not.toContain('first')
  }
})

test('what differs in anything but a value has another text: a limit, an order, a column, how many values', () => {
  const db = at(databaseOf(bindings.SHARD_1), 'ten_a')
  const texts = [
    db.find(members), db.find(members, { limit: 1 }), db.find(members, { limit: 2 }), db.find(members, { offset: 1, limit: 1 }), db.find(members, { orderBy: asc(members.id) }), db.find(members, { orderBy: desc(members.id) }),
    db.find(members, { columns: { id: members.id } }), db.find(members, { where: eq(members.id, 'a') }), db.find(members, { where: eq(members.accountId, 'a') }), db.find(members, { where: inArray(members.id, ['a']) }), db.find(members, { where: inArray(members.id, ['a', 'b']) }),
  ].map((read) => said(read).sql)
  expect(new Set(texts).size).toBe(texts.length)
  expect(() => db.find(members, { limit: Number.NaN })).toThrow(RangeError)
})

test('rows come out in the same shape the first time and the next, a number in its own column and nothing of the neighbour’s', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const ask = (id: string) => tenant.asJob((ctx) => ctx.db.read(ctx.db.join(members, userRoles, { columns: { role: userRoles.role, who: members.id, joined: members.joinedAt }, on: eq(userRoles.id, members.id), where: eq(members.id, id) })))
  const { memberId } = tenant.owner
  const first = await ask(memberId)
  expect(first).toEqual([{ role: 'owner', who: memberId, joined: expect.any(Number) }])
  expect(await ask(memberId)).toEqual(first)
  expect(await ask(other.owner.memberId)).toEqual([])
})
