import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'sqlite', schema: 'db/schema/sandbox.ts', out: 'db/migrations/sandbox' })
