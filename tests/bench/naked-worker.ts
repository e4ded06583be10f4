import { DurableObject } from 'cloudflare:workers'
import { Hono } from 'hono'

type Env = { DB: D1Database; LOG: DurableObjectNamespace<NakedLog> }

type Row = { readonly id: string; readonly at: number; readonly name: string; readonly subject: string; readonly actor: string; readonly line: string }

/** What the product's log would be if nobody had to trust it: the same rows, found by the same indexes, and that is all. */
export class NakedLog extends DurableObject<unknown> {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    for (const sql of [
      `CREATE TABLE IF NOT EXISTS entries (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, source_n INTEGER, at INTEGER NOT NULL, sealed_at INTEGER NOT NULL,
        name TEXT NOT NULL, subject TEXT NOT NULL, actor_id TEXT NOT NULL, line TEXT NOT NULL)`,
      'CREATE INDEX IF NOT EXISTS entries_actor ON entries (actor_id, n)',
      'CREATE INDEX IF NOT EXISTS entries_subject ON entries (subject, n)',
    ])
      ctx.storage.sql.exec(sql)
  }

  append(rows: readonly Row[]): number {
    return this.ctx.storage.transactionSync(() => {
      for (const { id, at, name, subject, actor, line } of rows) {
        this.ctx.storage.sql.exec("INSERT INTO entries (id, source, source_n, at, sealed_at, name, subject, actor_id, line) VALUES (?1, 'shard', 0, ?2, ?2, ?3, ?4, ?5, ?6)", id, at, name, subject, actor, line)
      }
      return rows.length
    })
  }
}

/** Ids are as long as the product's: the same rows, as many bytes. */
const TENANT = `ten_${'0'.repeat(26)}`

const tables = [
  'CREATE TABLE members (tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, joined_at INTEGER NOT NULL, PRIMARY KEY (tenant_id, id))',
  'CREATE INDEX members_joined ON members (tenant_id, joined_at, id)',
  'CREATE UNIQUE INDEX members_account ON members (tenant_id, account_id)',
  'CREATE TABLE user_roles (tenant_id TEXT NOT NULL, id TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (tenant_id, id))',
  'CREATE TABLE documents (tenant_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER, PRIMARY KEY (tenant_id, id))',
  'CREATE INDEX documents_listed ON documents (tenant_id, state, created_at, id)',
  'CREATE INDEX documents_due ON documents (due_at)',
  'CREATE TABLE calls (tenant_id TEXT NOT NULL, id TEXT NOT NULL, session_id TEXT NOT NULL, type TEXT NOT NULL, started_at INTEGER NOT NULL, handler TEXT NOT NULL, phone TEXT NOT NULL, PRIMARY KEY (tenant_id, id))',
  'CREATE UNIQUE INDEX calls_session ON calls (tenant_id, session_id)',
  'CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT NOT NULL)',
]

const app = new Hono<{ Bindings: Env }>()
  .post('/set-up', async (c) => {
    const { members } = await c.req.json<{ members: number }>()
    const db = c.env.DB
    await db.batch(tables.map((sql) => db.prepare(sql)))
    const person = db.prepare(`INSERT INTO members VALUES ('${TENANT}', ?1, ?2, ?3, ?4, ?5, ?6)`)
    const role = db.prepare(`INSERT INTO user_roles VALUES ('${TENANT}', ?, 'member')`)
    const id = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(26, '0')}`
    await db.batch(Array.from({ length: members }, (_, n) => [person.bind(id('mem', n), id('acc', n), `Mila Member ${n}`, `mila.${n}@people.test`, '+1 503 555 0100', n), role.bind(id('mem', n))]).flat())
    return c.json({ members })
  })
  .get('/members', async (c) => {
    const { results } = await c.env.DB.prepare('SELECT m.id, m.account_id AS accountId, m.name, m.email, m.phone, r.role, m.joined_at AS joinedAt FROM members m JOIN user_roles r ON r.tenant_id = m.tenant_id AND r.id = m.id WHERE m.tenant_id = ? ORDER BY m.joined_at, m.id LIMIT 26').bind(TENANT).all()
    return c.json({ members: results.slice(0, 25).map(({ id, accountId, name, email, role, joinedAt }) => ({ id, accountId, name, email, role, joinedAt })), next: null })
  })
  .post('/documents', async (c) => {
    const { name, category } = await c.req.json<{ name: string; category: string }>()
    const now = Date.now()
    const id = `doc_${crypto.randomUUID().replaceAll('-', '').slice(6)}`
    await c.env.DB.batch([
      c.env.DB.prepare(`INSERT INTO documents VALUES ('${TENANT}', ?1, ?2, ?3, 'awaiting', ?4, ?4)`).bind(id, name, category, now),
      c.env.DB.prepare('INSERT INTO events (id, body) VALUES (?, ?)').bind(id, JSON.stringify({ v: 1, id, tenant: TENANT, name: 'core.document.begun', subject: id, at: now, meta: { category, phi_ack: true } })),
    ])
    return c.json({ id, name, category, state: 'awaiting', createdAt: now }, 201)
  })
  .post('/hooks', async (c) => {
    const { type, timestamp, data } = await c.req.json<{ type: string; timestamp: string; data: Record<string, string> }>()
    await c.env.DB.prepare(`INSERT INTO calls VALUES ('${TENANT}', ?1, ?2, ?3, ?4, ?5, ?6)`).bind(`cal_${crypto.randomUUID().replaceAll('-', '').slice(6)}`, data['call'], type, Date.parse(timestamp), data['agent'], data['phone']).run()
    return c.json({ received: true })
  })
  .post('/append', async (c) => {
    const { rows, batch, round } = await c.req.json<{ rows: number; batch: number; round: number }>()
    const log = c.env.LOG.get(c.env.LOG.idFromName('log'))
    const id = (n: number): string => `evt_${round}${String(n).padStart(20, '0')}`
    const row = (n: number): Row => ({ id: id(n), at: n, name: 'core.document.begun', subject: 'doc_00000000000000000000000000', actor: 'test', line: '' })
    const line = (n: number): string => JSON.stringify({ ...row(n), v: 1, tenant: 'ten_00000000000000000000000000', meta: { category: 'agreement', phi_ack: true }, personal: null, prev: '0'.repeat(64) })
    for (let sent = 0; sent < rows; sent += batch) await log.append(Array.from({ length: Math.min(batch, rows - sent) }, (_, n) => ({ ...row(sent + n), line: line(sent + n) })))
    return c.json({ rows })
  })

export default app
