import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import type { Plugin } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

import { RunOrder } from './tests/support/run-order.ts'
import { testSecrets } from './tests/support/test-secrets.ts'

/** Set by `npm run harness`; see tests/support/figures.ts. */
const provide = { full: process.env.HARNESS_FULL === '1', seed: Number(process.env.HARNESS_SEED ?? 1) }

/**
 * A module reaches workerd as one message, all of a suite's as another, and workerd takes no message above 32 MiB. Libraries
 * and built pages go without their source maps, which are three quarters of them.
 */
const withoutForeignMaps: Plugin = {
  name: 'without-foreign-source-maps',
  enforce: 'pre',
  async load(id) {
    const [file = ''] = id.split('?')
    return /\/(node_modules|build\/server)\/.*\.m?js$/.test(file) ? { code: await readFile(file, 'utf8'), map: { mappings: '' } } : null
  },
}

/** Tests that run inside workerd, on the product's own bindings. */
function inWorkerd(name: string, include: string[], exclude: string[] = []): TestProjectInlineConfiguration {
  return {
    plugins: [
      withoutForeignMaps,
      cloudflareTest(async () => ({
        wrangler: { configPath: './wrangler.test.toml' },
        miniflare: {
          // Real files are served by the deployed Worker and by the journeys; here every asset is absent.
          serviceBindings: {
            ASSETS: () => new Response(null, { status: 404 }) as never,
          },
          bindings: {
            ...testSecrets(),
            // Pages are drawn as they are deployed: React asks for this, and is slower without it.
            NODE_ENV: 'production',
            TEST_MIGRATIONS: {
              directory: await readD1Migrations('db/migrations/directory'),
              shard: await readD1Migrations('db/migrations/shard'),
            },
          },
        },
      })),
    ],
    test: {
      name,
      include,
      exclude,
      provide,
      setupFiles: ['tests/support/set-up.ts'],
      // A fresh isolate costs 2 s a file. Storage is shared by the run instead, so each test makes its own tenant.
      isolate: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      deps: {
        optimizer: { ssr: { enabled: true, include: ['@remix-run/cloudflare', '@remix-run/server-runtime'] } },
      },
    },
  }
}

export default defineConfig({
  test: {
    // Also on two cores, where the default is one: a suite waits on workerd, disks and clocks half of the time.
    maxWorkers: 2,
    sequence: { sequencer: RunOrder },
    projects: [
      inWorkerd('workerd', ['{worker,db,durable-objects}/**/*.test.ts', 'tests/vectors/**/*.test.ts'], ['**/*.ahead.test.ts']),
      // Whoever runs the deployment's crons years ahead, on a storage of its own: nobody else's rows may go with it.
      inWorkerd('ahead', ['worker/**/*.ahead.test.ts']),
      // Whoever walks every route there is, or sends ten thousand requests.
      inWorkerd('walks', ['tests/{tenancy,faults}/**/*.test.ts']),
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/architecture/**/*.test.ts', 'scripts/**/*.test.ts'],
          // One process for all of them: each other's imports are half of what a file costs.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        // One document for all of them, which each leaves clean: a fresh one costs a file ten times what its tests do.
        test: { name: 'jsdom', environment: 'jsdom', include: ['app/**/*.test.{ts,tsx}'], isolate: false, testTimeout: 30_000 },
      },
      {
        test: {
          name: 'harness',
          // Measurements and tests on the served product; each file serves its own.
          environment: 'node',
          include: ['tests/{harness,served}/**/*.test.ts'],
          globalSetup: ['tests/support/demo-server.ts'],
          provide,
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'journeys',
          // A browser on a loaded machine misses a deadline now and then; what is broken fails three times.
          retry: 2,
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/support/sandbox-server.ts'],
          // Last: a browser beside the other suites is slow enough to miss its own deadlines.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
