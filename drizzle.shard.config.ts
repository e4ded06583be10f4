import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: 'db/schema/!(directory|columns|sandbox).ts',
  out: 'db/migrations/shard',
})
