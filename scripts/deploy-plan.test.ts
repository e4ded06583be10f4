import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { configForAccount, planProvisioning, planRelease, refusal, type DeployConfig, type Existing } from './deploy-plan.ts'
import { workerSecrets } from './worker-secrets.ts'

const config: DeployConfig = {
  name: 'countersign',
  main: '/somewhere/worker/index.ts',
  databases: [
    { binding: 'DIRECTORY', name: 'countersign-directory' },
    { binding: 'SHARD_1', name: 'countersign-shard-1' },
  ],
  buckets: ['countersign-keys', 'countersign-audit'],
}
const nothing: Existing = { databases: {}, buckets: [], secrets: [] }
const everything: Existing = {
  databases: { 'countersign-directory': 'd', 'countersign-shard-1': 's' },
  buckets: config.buckets,
  secrets: workerSecrets.map(({ name }) => name),
}
const variables = { ORIGIN: 'https://a.example', VERSION: '1' }
const lines = (steps: { args: string[] }[]) => steps.map(({ args }) => args.join(' '))

test('a fresh account gets every database and bucket', () => {
  expect(lines(planProvisioning(config, nothing))).toEqual([
    'd1 create countersign-directory',
    'd1 create countersign-shard-1',
    'r2 bucket create countersign-keys',
    'r2 bucket create countersign-audit',
  ])
})

test('what the account has is neither made again nor given new keys', () => {
  expect(planProvisioning(config, everything)).toEqual([])
  expect(lines(planRelease(config, everything, workerSecrets, variables)).some((line) => line.startsWith('secret'))).toBe(false)
})

test('only the missing secret is made', () => {
  const [first] = planRelease(config, { ...everything, secrets: ['KEK_1'] }, workerSecrets, variables)
  expect(first?.secrets?.map(({ name }) => name)).not.toContain('KEK_1')
  expect(first?.secrets?.map(({ name }) => name)).toContain('KEK_2')
})

test('keys come before migrations, migrations before the Worker', () => {
  expect(planRelease(config, nothing, workerSecrets, variables).map(({ args }) => args[0])).toEqual(['secret', 'd1', 'd1', 'deploy'])
  expect(lines(planRelease(config, everything, workerSecrets, variables)).at(-1)).toContain('--var ORIGIN:https://a.example')
})

test('the configuration of an account carries its own database ids', () => {
  const text = readFileSync('wrangler.toml', 'utf8')
  const ids = { 'countersign-directory': 'id-d', 'countersign-shard-1': 'id-1', 'countersign-shard-2': 'id-2' }
  const written = configForAccount(text, ids)
  expect(written).toContain('database_id = "id-1"')
  expect(written).not.toContain('00000000-')
  expect(() => configForAccount(text, {})).toThrow('no database countersign-directory')
})

test('a sandbox entry, a plain-http origin and an origin with a path are refused', () => {
  expect(refusal(config, 'https://a.example')).toBeUndefined()
  expect(refusal({ ...config, main: 'worker/sandbox.ts' }, 'https://a.example')).toContain('worker/index.ts')
  expect(refusal(config, 'http://a.example')).toContain('https')
  expect(refusal(config, 'https://a.example/x')).toContain('https')
  expect(refusal(config, undefined)).toContain('--origin')
})
