import { env, WorkerEntrypoint } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { members } from '../../db/schema/tenancy.ts'
import type { VerbsPort, WakeKind } from '../../durable-objects/verbs-port.ts'
import { openNote, signNote } from '../../worker/core/audit/signing.ts'
import { documentBegun } from '../../worker/core/documents/module.ts'
import type { Env } from '../../worker/core/env.ts'
import { reachOf } from '../../worker/core/reach.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { invitationContact, memberContact } from '../../worker/core/tenancy/module.ts'
import { insertInvitation } from '../../worker/core/tenancy/people-store.ts'
import { sealedTables } from '../../worker/core/tenancy/sweep-seal-root.ts'
import { followers, manifests } from '../../worker/modules.ts'
import { drainOutbox } from '../../worker/core/audit/drain-outbox.ts'
import { wake } from '../../worker/wake.ts'
import { issueCarrierKey } from '../../worker/contracting/carriers/issue-carrier-key.ts'
import { requestContent } from '../../worker/contracting/requests/module.ts'
import type { CallEvent } from '../../worker/calls/intake/call-event.ts'
import { takeCalls } from '../../worker/calls/intake/take-calls.ts'
import { handOverDue } from '../../worker/calls/sync/run-due.ts'
import { newDialler, type Dialler } from '../support/call-scene.ts'
import { FakeAms } from '../support/fake-ams.ts'
import { newCarrier, newFmo } from '../support/carrier-scene.ts'
import { newLinked } from '../support/link-scene.ts'
import { newTenant, type TestTenant } from '../support/new-tenant.ts'
import { isolate, reachNow, signedIn } from '../support/scene.ts'

export { AccountGuard } from '../../durable-objects/account-guard.ts'
export { AuditChain } from '../../durable-objects/audit-chain.ts'
export { HookGuard } from '../../durable-objects/hook-guard.ts'
export { KeyGuard } from '../../durable-objects/key-guard.ts'
export { RateLimiter } from '../../durable-objects/rate-limiter.ts'
export { ScreenPop } from '../../durable-objects/screen-pop.ts'
export { SignInGate } from '../../durable-objects/sign-in-gate.ts'
export { Timers } from '../../durable-objects/timers.ts'

/** What a seeded place is told by: its tenant, where it lives, and people with sessions. */
type Place = { readonly tenantId: string; readonly shard: string; readonly owner: Session; readonly people: readonly Session[] }
type Session = { readonly cookie: string; readonly csrf: string }

export class Verbs extends WorkerEntrypoint<Env> implements VerbsPort {
  async wake(kind: WakeKind, id: string): Promise<void> {
    // While something of a tenant's is being measured, nobody else does it.
    if ((kind === 'drain-outbox' || kind === 'run-due') && paused.has(id)) return
    await wake({ reach: await reachOf(this.env, isolate), now: Date.now(), later: (work) => this.ctx.waitUntil(work()) }, kind, id)
  }
  async now(): Promise<number> {
    return Date.now()
  }
  async signNote(text: string): Promise<string> {
    return signNote(this.env, text)
  }
  async openNote(note: string): Promise<string | null> {
    return openNote(this.env, note)
  }
}

const paused = new Set<string>()
const bindings = env as unknown as Env // `as`: run under wrangler.toml's bindings

/** A tenant with so many members and people who may sign in, on whichever shard is emptier. */
async function place(members: number, people: number): Promise<Place> {
  const tenant = await newTenant()
  for (let made = 1; made < members; made += 1) await tenant.newSomeone('member')
  const sessions: Session[] = []
  for (let made = 0; made < people; made += 1) sessions.push(await session(await tenant.newSomeone('admin'), tenant.id))
  tenants.set(tenant.id, tenant)
  return { tenantId: tenant.id, shard: tenant.shard, owner: await session(tenant.owner, tenant.id), people: sessions }
}

/**
 * Every member's contact sealed again with a telephone number in it: three fields of class `contact` a row. The list opens all
 * three, one opening a row, and shows the two it knows.
 */
async function addTelephones(tenantId: string): Promise<void> {
  const tenant = tenants.get(tenantId)
  if (!tenant) throw new Error('no such tenant')
  await tenant.asJob(async (ctx) => {
    const rows = await ctx.db.read(ctx.db.find(members))
    const changes = rows.map(async ({ id, contact: sealed, sealVersion }) => {
      const contact = { ...(await ctx.vault.open<{ name: string; email: string }>(memberContact, id, { sealed, sealVersion })), phone: '+1 503 555 0100' }
      const cell = await ctx.vault.seal(memberContact, id, contact)
      return ctx.db.update(members, eq(members.id, id), { contact: cell.sealed, sealVersion: cell.sealVersion })
    })
    await ctx.commit(await Promise.all(changes), documentBegun('doc_00000000000000000000000000', { category: 'other', phi_ack: true }))
  })
}

async function session(person: { accountId: string }, tenantId: string): Promise<Session> {
  const browser = await signedIn(person, tenantId)
  return { cookie: browser.cookies, csrf: browser.csrf }
}

const tenants = new Map<string, TestTenant>()

/** So many invitations that nobody asks for, and one real one to find. */
async function invitations(tenantId: string, rows: number, email: string): Promise<void> {
  const tenant = tenants.get(tenantId)
  if (!tenant) throw new Error('no such tenant')
  await tenant.asJob((ctx) => inviteMember(ctx, { email, name: 'Ivy Invited', role: 'member' }))
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  for (let made = 0; made < rows; made += 20_000) {
    await shard
      .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?4)
        INSERT INTO invitations (tenant_id, id, contact, seal_version, email_index, role, token_hash, invited_by, created_at, expires_at)
        SELECT ?1, 'inv_' || printf('%026d', ?2 + i), (SELECT contact FROM invitations WHERE tenant_id = ?1 LIMIT 1), 1, lower(hex(randomblob(11))), 'member', NULL, 'acc_nobody', ?3, ?3 + 600000000 FROM n`)
      .bind(tenantId, made, Date.now(), Math.min(20_000, rows - made))
      .run()
  }
}

/** Rows whose contact is really sealed, each telling its number when it is opened. */
async function sealedRows(tenantId: string, rows: number): Promise<void> {
  const tenant = tenants.get(tenantId)
  if (!tenant) throw new Error('no such tenant')
  for (let from = 0; from < rows; from += 100) {
    await tenant.asJob(async (ctx) => {
      const made = await Promise.all(
        Array.from({ length: Math.min(100, rows - from) }, async (_, index) => {
          const id = ctx.newId('inv')
          const contact = await ctx.vault.seal(invitationContact, id, { name: `Row ${from + index}`, email: `row.${from + index}@people.test` })
          return insertInvitation(ctx.db, { id, contact: contact.sealed, sealVersion: contact.sealVersion, emailIndex: String(from + index), role: 'viewer', invitedBy: 'acc_harness', createdAt: ctx.now + from + index, expiresAt: ctx.now + 6 * 86_400_000 })
        }),
      )
      await ctx.commit(made, documentBegun('doc_00000000000000000000000000', { category: 'other', phi_ack: true }))
    })
  }
}

/** How many sealed rows of a tenant lie under each version, over every table that a rotation sweeps. */
async function versions(tenantId: string, shard: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table } of sealedTables(manifests)) {
    const { results } = await bindings[shard as 'SHARD_1' | 'SHARD_2'].prepare(`SELECT seal_version AS version, count(*) AS n FROM "${table}" WHERE tenant_id = ? GROUP BY seal_version`).bind(tenantId).all<{ version: number; n: number }>() // `as`: the two shards there are
    for (const { version, n } of results) counts[version] = (counts[version] ?? 0) + n
  }
  return counts
}

/** Events in an outbox that nobody has sealed yet, of a kind that nobody follows: the way into the log and nothing else. */
async function pile(tenantId: string, events: number): Promise<void> {
  const tenant = tenants.get(tenantId)
  if (!tenant) throw new Error('no such tenant')
  paused.add(tenantId)
  const begun = documentBegun('doc_00000000000000000000000000', { category: 'agreement', phi_ack: true })
  for (let made = 0; made < events; made += 100) await tenant.asJob((ctx) => ctx.commit([], Array.from({ length: 100 }, () => begun) as [typeof begun, ...(typeof begun)[]])) // `as`: a hundred is not none
}

/** A carrier with so many applications, and keys for its programs. */
async function applications(rows: number, keys: number): Promise<{ tokens: string[] }> {
  const fmo = await newFmo()
  const { linkId } = await newLinked(fmo.tenant)
  const carrierId = await newCarrier(fmo)
  const tokens: string[] = []
  for (let made = 0; made < keys; made += 1) tokens.push(await fmo.tenant.asJob(async (ctx) => (await issueCarrierKey(ctx, carrierId, { label: `Program ${made}`, days: 1 })).token))
  const { sealed } = await fmo.tenant.asJob((ctx) => ctx.vault.seal(requestContent, 'req_0', { producer: 'Maria Alvarez', upline: null }))
  const shard = bindings[fmo.tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  for (let made = 0; made < rows; made += 10_000) {
    await shard
      .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?6)
        INSERT INTO contracting_requests (tenant_id, id, kind, carrier_id, link_id, states, content, seal_version, state, state_at, version, created_by, created_at, signed_number, transmitted_at)
        SELECT ?1, 'req_' || printf('%026d', ?4 + i), 'contract', ?2, ?3, 'OR WA', ?7, 1, 'transmitted', ?5 + ?4 + i, 4, 'acc_nobody', ?5 + ?4 + i, 1, ?5 + ?4 + i FROM n`)
      .bind(fmo.tenant.id, carrierId, linkId, made, Date.now() - 86_400_000, Math.min(10_000, rows - made), sealed)
      .run()
  }
  return { tokens }
}

/** Agencies, each with a dialler that is connected. */
async function lines(count: number): Promise<{ lines: { path: string; secret: string }[] }> {
  const made: { path: string; secret: string }[] = []
  for (let n = 0; n < count; n += 1) {
    const { url, secret } = await newDialler()
    made.push({ path: new URL(url).pathname, secret })
  }
  return { lines: made }
}

const diallers = new Map<string, Dialler>()

/** An agency with a dialler, and so many calls that were handed over and purged long ago: what a tenant keeps of a call. */
async function callHouse(kept: number): Promise<{ tenantId: string; shard: string }> {
  const line = await newDialler()
  const { tenant } = line
  diallers.set(tenant.id, line)
  paused.add(tenant.id)
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  for (let made = 0; made < kept; made += 10_000) {
    await shard
      .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?5)
        INSERT INTO calls (tenant_id, id, connection_id, session_id, direction, outcome, started_at, ended_at, duration_s, phone_last4, has_transcript, content, seal_version, state, sync_state, sync_attempts, cap_at, purged_at, purged_by, synced_at, version)
        SELECT ?1, 'cal_' || printf('%026d', ?3 + i), ?2, 'kept' || (?3 + i), 'inbound', 'answered', ?4 + ?3 + i, ?4 + ?3 + i, 60, printf('%04d', i % 10000), 0, NULL, 1, 'purged', 'synced', 1, ?4 + 2592000000, ?4 + ?3 + i, 'sync', ?4 + ?3 + i, 4 FROM n`)
      .bind(tenant.id, line.id, made, Date.now() - 20 * 86_400_000, Math.min(10_000, kept - made))
      .run()
  }
  return { tenantId: tenant.id, shard: tenant.shard }
}

/** Calls that ended ten minutes ago, each with a number of its own: due to be handed over. */
async function endedCalls(tenantId: string, count: number, round: number): Promise<void> {
  const line = diallers.get(tenantId)
  if (!line) throw new Error('no such agency')
  const at = Date.now() - 600_000
  for (let from = 0; from < count; from += 20) {
    const said = Array.from({ length: 20 }, (_, index): CallEvent => {
      const name = `due${round}-${from + index}`
      return { provider: 'standard', eventId: name, sessionId: name, kind: 'ended', direction: 'inbound', at: at + from + index, handler: null, phone: `+1415555${String(from + index).padStart(4, '0')}`, durationS: 60, transcript: null, text: null }
    })
    await line.tenant.asJob(async (ctx) => {
      const { writes, events } = await takeCalls(ctx, line.id, said)
      await ctx.commit(writes, events as [(typeof events)[number], ...typeof events]) // `as`: of twenty messages there is more than none
    })
  }
}

/** Everything of a tenant's that is due is handed over to an AMS that answers at once, and purged: how many there were. */
async function handedOver(tenantId: string): Promise<{ calls: number }> {
  const ams = new FakeAms()
  const parts = { reach: await reachNow(), now: Date.now(), later: () => undefined }
  for (;;) if ((await handOverDue(parts, tenantId, ams.parts)) === 0) return { calls: ams.notes.length }
}

const routes: Record<string, (asked: never) => Promise<unknown>> = {
  '/place': ({ members, people }: { members: number; people: number }) => place(members, people),
  '/telephones': ({ tenantId }: { tenantId: string }) => addTelephones(tenantId),
  '/invitations': ({ tenantId, rows, email }: { tenantId: string; rows: number; email: string }) => invitations(tenantId, rows, email),
  '/applications': ({ rows, keys }: { rows: number; keys: number }) => applications(rows, keys),
  '/lines': ({ lines: count }: { lines: number }) => lines(count),
  '/call-house': ({ kept }: { kept: number }) => callHouse(kept),
  '/ended-calls': ({ tenantId, calls, round }: { tenantId: string; calls: number; round: number }) => endedCalls(tenantId, calls, round),
  '/hand-over': ({ tenantId }: { tenantId: string }) => handedOver(tenantId),
  '/pile': ({ tenantId, events }: { tenantId: string; events: number }) => pile(tenantId, events),
  '/sealed-rows': ({ tenantId, rows }: { tenantId: string; rows: number }) => sealedRows(tenantId, rows),
  '/versions': ({ tenantId, shard }: { tenantId: string; shard: string }) => versions(tenantId, shard),
  '/drain': async ({ tenantId }: { tenantId: string }) => drainOutbox(await reachNow(), followers, Date.now(), tenantId),
}

export default {
  async fetch(request) {
    const answer = routes[new URL(request.url).pathname]
    if (!answer) return new Response(null, { status: 404 })
    return Response.json((await answer((await request.json()) as never)) ?? {}) // `as`: scripts/bench.ts is the only caller
  },
} satisfies ExportedHandler<Env>
