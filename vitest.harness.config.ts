import { defineConfig } from 'vitest/config'

/** The long measurements, one after the other and alone on the machine: `npm run harness`. */
export default defineConfig({
  test: { name: 'harness', environment: 'node', include: ['tests/harness/**/*.test.ts'], fileParallelism: false, testTimeout: 900_000, hookTimeout: 300_000 },
})
