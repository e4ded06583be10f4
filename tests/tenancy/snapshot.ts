import { createHash } from 'node:crypto'
import { tenantTables } from '../../worker/core/tenancy/shard-tables.ts'
import type { TestTenant } from '../support/new-tenant.ts'
import { bindings, drained, reachNow } from '../support/scene.ts'

/** A digest of everything a tenant has, by where it lies: each table of its shard, its seats, its objects, its log. */
export async function snapshotOf(tenant: TestTenant): Promise<Record<string, string>> {
  const parts = await rowsAndLogOf(tenant)
  for (const bucket of ['KEYS', 'DOCUMENTS'] as const) parts[bucket] = digest((await objectsOf(bindings[bucket], tenant.id)).map(({ key, etag }) => [key, etag]))
  return parts
}

/** No test of a run makes a table: each shard is asked once which it has. */
const tables = new Map<string, ReturnType<typeof tenantTables>>()
function tablesOf(tenant: TestTenant): ReturnType<typeof tenantTables> {
  const known = tables.get(tenant.shard) ?? tenantTables(shardOf(tenant))
  tables.set(tenant.shard, known)
  return known
}

const shardOf = (tenant: TestTenant): D1Database => bindings[tenant.shard as 'SHARD_1' | 'SHARD_2'] // `as`: the two shards there are

/** The same without its objects: a bucket is looked through from end to end, whoever's it all is. */
export async function rowsAndLogOf(tenant: TestTenant): Promise<Record<string, string>> {
  await drained(tenant.id)
  const shard = shardOf(tenant)
  const asked = [...(await tablesOf(tenant)), { name: 'tenant_fence', key: ['tenant_id'] }]
  const answers = await shard.batch(asked.map(({ name, key }) => shard.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ? ORDER BY ${key.join(', ')}`).bind(tenant.id)))
  const parts = Object.fromEntries(asked.map(({ name }, nth) => [name, digest(answers[nth]?.results)]))
  parts['directory'] = digest((await bindings.DIRECTORY.prepare('SELECT t.*, a.account_id, c.contact FROM tenants t JOIN account_tenants a ON a.tenant_id = t.id JOIN accounts c ON c.id = a.account_id WHERE t.id = ? ORDER BY a.account_id').bind(tenant.id).all()).results)
  parts['log'] = digest((await (await reachNow()).chain.status(tenant.id)).size)
  return parts
}

/** Tables of the tenant's shard where it has no row: nobody could tell whether they leak. */
export async function emptyTablesOf(tenant: TestTenant): Promise<string[]> {
  const shard = shardOf(tenant)
  const empty: string[] = []
  for (const { name } of await tablesOf(tenant)) {
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
