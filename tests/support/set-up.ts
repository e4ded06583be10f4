import { applyD1Migrations, type D1Migration } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { AuditChain } from '../../durable-objects/audit-chain.ts'
import { keepToProductionLimits } from './production-limits.ts'

/** What vitest.config.ts adds to the product's bindings for the tests. */
type TestBindings = {
  DIRECTORY: D1Database
  SHARD_1: D1Database
  SHARD_2: D1Database
  AUDIT_CHAIN: DurableObjectNamespace<AuditChain>
  TEST_MIGRATIONS: { directory: D1Migration[]; shard: D1Migration[] }
}

// The bindings are made in vitest.config.ts; `Cloudflare.Env` describes the product's only.
const bindings = env as unknown as TestBindings

// Applied migrations are remembered in the database, so the repeat before every file is three short reads.
await applyD1Migrations(bindings.DIRECTORY, bindings.TEST_MIGRATIONS.directory)
await applyD1Migrations(bindings.SHARD_1, bindings.TEST_MIGRATIONS.shard)
await applyD1Migrations(bindings.SHARD_2, bindings.TEST_MIGRATIONS.shard)

await keepToProductionLimits(bindings.DIRECTORY, bindings.AUDIT_CHAIN.get(bindings.AUDIT_CHAIN.idFromName('limits')))
