import { createHash } from 'node:crypto'
import { tenantTables } from '../../worker/core/tenancy/shard-tables.ts'
import type { TestTenant } from '../support/new-tenant.ts'
import { bindings, drained, reachNow } from '../support/scene.ts'

/** A digest of everything a tenant has, by where it lies: each table of its shard, its seats, its objects, its log. */
export async function snapshotOf(tenant: TestTenant): Promise<Record<string, string>> {
  await drained(tenant.id)
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  const parts: Record<string, string> = {}
  for (const { name, key } of await tenantTables(shard)) {
    const { results } = await shard.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ? ORDER BY ${key.join(', ')}`).bind(tenant.id).all()
    parts[name] = digest(results)
  }
  parts['tenant_fence'] = digest((await shard.prepare('SELECT * FROM tenant_fence WHERE tenant_id = ?').bind(tenant.id).all()).results)
  parts['directory'] = digest((await bindings.DIRECTORY.prepare('SELECT t.*, a.account_id, c.contact FROM tenants t JOIN account_tenants a ON a.tenant_id = t.id JOIN accounts c ON c.id = a.account_id WHERE t.id = ? ORDER BY a.account_id').bind(tenant.id).all()).results)
  for (const bucket of ['KEYS', 'DOCUMENTS'] as const) parts[bucket] = digest((await objectsOf(bindings[bucket], tenant.id)).map(({ key, etag }) => [key, etag]))
  parts['log'] = digest((await (await reachNow()).chain.status(tenant.id)).size)
  return parts
}

/** Tables of the tenant's shard where it has no row: nobody could tell whether they leak. */
export async function emptyTablesOf(tenant: TestTenant): Promise<string[]> {
  const shard = bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are
  const empty: string[] = []
  for (const { name } of await tenantTables(shard)) {
    if (!(await shard.prepare(`SELECT 1 FROM "${name}" WHERE tenant_id = ? LIMIT 1`).bind(tenant.id).first())) empty.push(name)
  }
  return empty
}

async function objectsOf(bucket: R2Bucket, tenantId: string): Promise<R2Object[]> {
  const found: R2Object[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ ...(cursor ? { cursor } : {}) })
    found.push(...page.objects.filter(({ key }) => key.includes(tenantId)))
    if (!page.truncated) return found
    cursor = page.cursor
  }
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value) ?? '').digest('hex')
