import process from 'node:process'
import { parseArgs } from 'node:util'
import { run } from './run-step.ts'

// The measurements of security.md's kind, on the served product: `npm run harness -- [--full] [--seed N] [file …]`.
const { values, positionals } = parseArgs({ options: { full: { type: 'boolean' }, seed: { type: 'string' } }, allowPositionals: true })
if (values.full) process.env.HARNESS_FULL = '1'
if (values.seed) process.env.HARNESS_SEED = values.seed
process.exitCode = await run('vitest', ['run', '--config', 'vitest.harness.config.ts', ...positionals])
