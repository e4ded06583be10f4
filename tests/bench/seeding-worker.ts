import { env, WorkerEntrypoint } from 'cloudflare:workers'
import type { VerbsPort, WakeKind } from '../../durable-objects/verbs-port.ts'
import { openNote, signNote } from '../../worker/core/audit/signing.ts'
import { documentBegun } from '../../worker/core/documents/module.ts'
import type { Env } from '../../worker/core/env.ts'
import { reachOf } from '../../worker/core/reach.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { followers } from '../../worker/modules.ts'
import { drainOutbox } from '../../worker/core/audit/drain-outbox.ts'
import { wake } from '../../worker/wake.ts'
import { newTenant, type TestTenant } from '../support/new-tenant.ts'
import { isolate, reachNow, signedIn } from '../support/scene.ts'

export { AccountGuard } from '../../durable-objects/account-guard.ts'
export { AuditChain } from '../../durable-objects/audit-chain.ts'
export { KeyGuard } from '../../durable-objects/key-guard.ts'
export { RateLimiter } from '../../durable-objects/rate-limiter.ts'
export { SignInGate } from '../../durable-objects/sign-in-gate.ts'
export { Timers } from '../../durable-objects/timers.ts'

/** What a seeded place is told by: its tenant, where it lives, and people with sessions. */
type Place = { readonly tenantId: string; readonly shard: string; readonly people: { cookie: string; csrf: string }[] }

export class Verbs extends WorkerEntrypoint<Env> implements VerbsPort {
  async wake(kind: WakeKind, id: string): Promise<void> {
    // While rows are being made for a measured drain, nobody else may seal them.
    if (kind === 'drain-outbox' && paused.has(id)) return
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
  const sessions = []
  for (let made = 0; made < people; made += 1) {
    const browser = await signedIn(await tenant.newSomeone('admin'), tenant.id)
    sessions.push({ cookie: browser.cookies, csrf: browser.csrf })
  }
  tenants.set(tenant.id, tenant)
  return { tenantId: tenant.id, shard: tenant.shard, people: sessions }
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

/** Events in an outbox that nobody has sealed yet, of a kind that nobody follows: the way into the log and nothing else. */
async function pile(tenantId: string, events: number): Promise<void> {
  const tenant = tenants.get(tenantId)
  if (!tenant) throw new Error('no such tenant')
  paused.add(tenantId)
  const begun = documentBegun('doc_00000000000000000000000000', { category: 'agreement', phi_ack: true })
  for (let made = 0; made < events; made += 100) await tenant.asJob((ctx) => ctx.commit([], Array.from({ length: 100 }, () => begun) as [typeof begun, ...(typeof begun)[]])) // `as`: a hundred is not none
}

const routes: Record<string, (asked: never) => Promise<unknown>> = {
  '/place': ({ members, people }: { members: number; people: number }) => place(members, people),
  '/invitations': ({ tenantId, rows, email }: { tenantId: string; rows: number; email: string }) => invitations(tenantId, rows, email),
  '/pile': ({ tenantId, events }: { tenantId: string; events: number }) => pile(tenantId, events),
  '/drain': async ({ tenantId }: { tenantId: string }) => drainOutbox(await reachNow(), followers, Date.now(), tenantId),
}

export default {
  async fetch(request) {
    const answer = routes[new URL(request.url).pathname]
    if (!answer) return new Response(null, { status: 404 })
    return Response.json((await answer((await request.json()) as never)) ?? {}) // `as`: scripts/bench.ts is the only caller
  },
} satisfies ExportedHandler<Env>
