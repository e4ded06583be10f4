import { env } from 'cloudflare:workers'
import { outboxRows } from '../../worker/core/commit.ts'
import type { EventActor, RecordedEvent } from '../../worker/core/audit/event.ts'
import type { Env } from '../../worker/core/env.ts'
import { newId } from '../../worker/core/id.ts'
import { newIsolate, PLATFORM, reachOf, type Reach } from '../../worker/core/reach.ts'
import { createRoots } from '../../worker/core/vault/keyring.ts'
import { TenantDb, type OutboxRow } from '../../worker/core/tenancy/tenant-db.ts'

const bindings = env as unknown as Env // the bindings are made in vitest.config.ts

/** Clients as a request has them. */
export const newReach = (): Promise<Reach> => reachOf(bindings, newIsolate())

/** A tenant that has a fence, roots and nothing else: enough to commit events and drain them. */
export type BareTenant = { readonly id: string; readonly shard: D1Database; readonly db: TenantDb; readonly reach: Reach }

export async function bareTenant(now: number, shard: 'SHARD_1' | 'SHARD_2' = 'SHARD_1'): Promise<BareTenant> {
  const reach = await newReach()
  const id = newId('tnt', now)
  await createRoots(reach.keyring, id)
  await bindings.DIRECTORY.prepare("INSERT INTO tenants (id, shard, state, created_at) VALUES (?, ?, 'open', ?)").bind(id, shard, now).run()
  await bindings[shard].prepare("INSERT INTO tenant_fence (tenant_id, state, seal_version, sessions_after, policy_version, event_n, sealed_n) VALUES (?, 'open', 1, 0, 1, 0, 0)").bind(id).run()
  const db = reach.tenantDb({ tenantId: id, shard, sealVersion: 1, policyVersion: 1, accountId: null, role: null, sessionAt: null })
  return { id, shard: bindings[shard], db, reach }
}

const job: EventActor = { kind: 'system', id: 'test-job', role: null }

/** Events as commit makes them, written in one batch. Answers their rows. */
export async function record(tenant: BareTenant, now: number, events: readonly RecordedEvent[], personal: string | null = null): Promise<OutboxRow[]> {
  const vault = tenant.reach.vault(tenant.id, 1, now)
  const rows = await outboxRows({ tenant: tenant.id, actor: job, now, newId: (prefix) => newId(prefix, now), vault, personal: async () => personal }, events)
  await tenant.db.write([], rows)
  return rows
}

/** The same in the directory's outbox. */
export async function recordInDirectory(reach: Reach, now: number, events: readonly RecordedEvent[]): Promise<OutboxRow[]> {
  await createRoots(reach.keyring, PLATFORM)
  const rows = await outboxRows({ tenant: PLATFORM, actor: job, now, newId: (prefix) => newId(prefix, now), vault: reach.vault(PLATFORM, 1, now), personal: async () => null }, events)
  await reach.directory.write([], rows)
  return rows
}

/** What a tenant's outbox and fence hold. */
export async function outboxState(tenant: BareTenant): Promise<{ rows: number; eventN: number; sealedN: number }> {
  const row = await tenant.shard
    .prepare('SELECT event_n AS eventN, sealed_n AS sealedN, (SELECT count(*) FROM outbox o WHERE o.tenant_id = f.tenant_id) AS rows FROM tenant_fence f WHERE tenant_id = ?')
    .bind(tenant.id)
    .first<{ rows: number; eventN: number; sealedN: number }>()
  if (!row) throw new TypeError('no such tenant')
  return row
}
