import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: 'db/schema/directory.ts', out: 'db/migrations/directory' })
