import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['db/schema/fence.ts', 'db/schema/tenancy.ts'],
  out: 'db/migrations/shard',
})
