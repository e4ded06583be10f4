import { beforeAll, expect, test } from 'vitest'
import { members } from '../../db/schema/tenancy.ts'
import { databaseOf } from '../../worker/core/tenancy/bounds.ts'
import { TenantDb } from '../../worker/core/tenancy/tenant-db.ts'
import { tenantTables } from '../../worker/core/tenancy/shard-tables.ts'
import { AT_ONCE } from '../../worker/core/six-at-once.ts'
import { evidence } from '../support/evidence.ts'
import { refusalOf, sizesOf } from '../support/production-limits.ts'
import { asStranger, bindings } from '../support/scene.ts'
import { newTrace, type Statement, type Trace } from '../support/watched-env.ts'
import { send, withKey } from './ask.ts'
import { newHome, type Home } from './home.ts'
import { cases } from './route-cases.ts'
import { entrances } from './route-table.ts'
import { senderOf } from './senders.ts'
import { unpinned } from './sql-predicate.ts'
import { traced } from './traced.ts'

const CASES_A_HOME = 8

type Heard = { readonly title: string; /** The session's tenant; with a bridge those it is linked to besides. */ readonly tenants: readonly string[]; readonly trace: Trace }
const scene = { heard: [] as Heard[], tables: new Set<string>() }

beforeAll(async () => {
  for (const { name } of await tenantTables(bindings.SHARD_1)) scene.tables.add(name)
  for (const apart of ['tenant_fence', 'outbox']) scene.tables.add(apart)
  let [home, key] = await homeWithKey('traced')
  for (const [index, each] of cases.entries()) {
    const entrance = entrances().find(({ name }) => name === each.entrance)
    if (!entrance) continue
    if (index % CASES_A_HOME === CASES_A_HOME - 1) [home, key] = await homeWithKey(`traced${index}`)
    for (const sender of [await senderOf(home, each), withKey(key)]) {
      const ask = await each.ask(home, sender)
      const trace = newTrace()
      await send(sender, entrance, ask, { fetching: (request) => traced(request, trace) })
      // A closed tenant is nobody's session's: its owner names it.
      scene.heard.push({ title: each.entrance, tenants: [typeof each.log === 'function' ? each.log(ask) : home.tenant.id, ...(each.bridges ? home.linkedTo : [])], trace })
    }
    if (each.ends) [home, key] = await homeWithKey(`then${index}`)
  }
}, 600_000)

async function homeWithKey(word: string): Promise<[Home, string]> {
  const home = await newHome(word)
  return [home, (await home.apiKey()).token]
}

/** Why a statement is held to none of the tenants it may ask. */
const loosest = (statement: Statement, { tenants }: Heard): string | null => (tenants.some((tenantId) => unpinned(statement, scene.tables, tenantId) === null) ? null : unpinned(statement, scene.tables, tenants[0] ?? ''))

const onShards = ({ trace }: Heard): Statement[] => trace.batches.filter(({ database }) => database.startsWith('SHARD_')).flatMap(({ statements }) => statements)

test('[IFD-83][SPO-25] every statement of every route on a tenant’s table asks for the tenant of the session, by a bound value', () => {
  const loose = scene.heard.flatMap((heard) => onShards(heard).flatMap((statement) => loosest(statement, heard) ?? []))
  expect([...new Set(loose)]).toEqual([])
  const statements = scene.heard.flatMap(onShards)
  expect(statements.length).toBeGreaterThan(cases.length)
  evidence('G2', 'statements of every route held to their tenant', { requests: scene.heard.length, statements: statements.length, tables: scene.tables.size, 'without a tenant': loose.length })
})

test('nothing that production refuses is asked for on the whole walk, and never more than six connections at once', () => {
  const most = scene.heard.toSorted((a, b) => b.trace.open.most - a.trace.open.most)[0]
  expect([most?.title, most?.trace.open.most]).toEqual([most?.title, Math.min(most?.trace.open.most ?? 0, AT_ONCE)])
  // What goes over a limit throws where it is asked for (tests/support/production-limits.ts); this is how near it came.
  const statements = scene.heard.flatMap(({ trace }) => trace.batches.flatMap((batch) => batch.statements))
  expect(statements.flatMap(({ sql, params }) => refusalOf(sql, params) ?? [])).toEqual([])
  expect(statements.length).toBeGreaterThan(scene.heard.length)
  const sizes = statements.map(({ sql, params }) => sizesOf(sql, params))
  const largest = (which: keyof (typeof sizes)[number]): number => Math.max(...sizes.map((each) => each[which]))
  evidence('G21', 'limits of production kept', { statements: statements.length, 'most parameters': largest('params'), 'longest pattern, bytes': largest('pattern'), 'largest row, bytes': largest('row'), 'connections at once': most?.trace.open.most ?? 0 })
})

test('[CLN-18][CIQ-42] every table on a shard has its tenant in its key, but for the one that only refuses; the data layer refuses a statement without one, and the trust page says that it is the application’s', async () => {
  for (const shard of [bindings.SHARD_1, bindings.SHARD_2]) {
    const { results } = await shard
      .prepare(`SELECT t.name AS name, (SELECT count(*) FROM pragma_table_info(t.name) c WHERE c.name = 'tenant_id' AND c.pk > 0) AS keyed FROM sqlite_master t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_cf%' AND t.name <> 'd1_migrations'`)
      .all<{ name: string; keyed: number }>()
    expect(results.filter(({ keyed }) => keyed === 0).map(({ name }) => name)).toEqual(['refusals'])
    expect(results.length).toBeGreaterThan(8)
  }
  const alike = Object.create(TenantDb.prototype, { tenantId: { value: 'ten_a' } }) as TenantDb // `as`: that is the attempt
  for (const unscoped of [alike, new TenantDb(databaseOf(bindings.SHARD_1), undefined as never)]) {
    expect(() => unscoped.find(members)).toThrow(TypeError)
    await expect(unscoped.readAll([])).rejects.toThrow(TypeError)
    await expect((async () => unscoped.write([], []))()).rejects.toThrow(TypeError)
  }
  expect(await (await asStranger().call('/trust.json')).text()).toContain('application-enforced row policy')
})

test('[CLN-42] what a request changes on a shard goes in one batch with its entry, or is the answer kept for a repeat', () => {
  const changes = (statement: Statement): boolean => /^\s*(insert|update|delete)\b/i.test(statement.sql) && !/"(refusals|idempotency_keys)"/.test(statement.sql)
  const batches = scene.heard.flatMap(({ trace }) => trace.batches).filter(({ statements }) => statements.some(changes))
  const alone = batches.filter(({ statements }) => !statements.some(({ sql }) => /^insert into "(outbox|directory_outbox)"/i.test(sql))).map(({ statements }) => statements.map(({ sql }) => sql).join('; '))
  expect([...new Set(alone)]).toEqual([])
  expect(batches.length).toBeGreaterThan(5)
})

test('a statement without its tenant, with another one, or with one table of two held is found', () => {
  const tables = new Set(['members', 'user_roles'])
  const why = (sql: string, ...params: unknown[]) => unpinned({ sql, params }, tables, 'ten_a')
  expect(why('select * from "members" where "members"."tenant_id" = ?', 'ten_a')).toBeNull()
  expect(why('select * from "members" where "members"."id" = ? and "members"."tenant_id" = ?', 'mem_1', 'ten_a')).toBeNull()
  expect(why('insert into "members" ("tenant_id", "id", "n") values (?, ?, (select 1) - 2)', 'ten_a', 'mem_1')).toBeNull()
  expect(why('select 1 from "members" inner join "user_roles" on ("user_roles"."tenant_id" = "members"."tenant_id" and 1) where "members"."tenant_id" = ?', 'ten_a')).toBeNull()
  expect(why('select * from "members" where "members"."tenant_id" = ?', 'ten_b')).toContain('members')
  expect(why('select * from "members" where "members"."id" = ?', 'ten_a')).toContain('members')
  expect(why('select * from "members"')).toContain('members')
  expect(why('insert into "members" ("id", "tenant_id") values (?, ?)', 'ten_a', 'ten_b')).toContain('members')
  expect(why('update "members" set "tenant_id" = ? where "id" = ?', 'ten_b', 'ten_a')).toContain('members')
  expect(why('delete from "members" where "id" in (select "id" from "user_roles" where "user_roles"."tenant_id" = ?)', 'ten_a')).toContain('members')
  expect(why('select 1 from "members" inner join "user_roles" on 1 where "members"."tenant_id" = ?', 'ten_a')).toContain('user_roles')
})
