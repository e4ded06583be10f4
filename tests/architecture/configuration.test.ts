import { expect, test } from 'vitest'

import { workerSecrets } from '../../scripts/worker-secrets.ts'
import { fileAt } from './tree.ts'

/** What two Workers must share to read each other's databases, objects and buckets. */
function resources(toml: string): string[] {
  const found = toml.matchAll(/^(?:name|compatibility_\w+|binding|database_\w+|bucket_name|migrations_dir|tag|new_sqlite_classes) = .*|\{ name = "[A-Z_]+".*\}/gm)
  return [...found].map(([line]) => line).filter((line) => !line.includes('"ASSETS"'))
}

const exportedObjects = (text: string) => [...text.matchAll(/export \{ (\w+) \} from '[./]+durable-objects\//g)].map((match) => match[1]).sort()
const declaredObjects = (text: string) => [...text.matchAll(/class_name = "(\w+)"/g)].map((match) => match[1]).sort()

const resourcesOf = (file: string) => resources(fileAt(file).text)

test('the tests run on production’s name, bindings and objects; the sandbox on those and its own', () => {
  expect(resourcesOf('wrangler.toml').length).toBeGreaterThan(15)
  expect(resourcesOf('wrangler.test.toml')).toEqual(resourcesOf('wrangler.toml'))
  expect(resourcesOf('wrangler.sandbox.toml')).toEqual(expect.arrayContaining(resourcesOf('wrangler.toml')))
})

test('a binding that one of them lacks is seen', () => {
  const { text } = fileAt('wrangler.toml')
  expect(resources(text.replace('binding = "KEYS"', 'binding = "KEYZ"'))).not.toEqual(resources(text))
  expect(resources(text.replace(/\{ name = "TIMERS".*\n/, ''))).not.toEqual(resources(text))
})

test('every object that is configured is exported by both entries, and stored in SQLite', () => {
  const { text } = fileAt('wrangler.toml')
  const stored = [...text.matchAll(/new_sqlite_classes = \[([^\]]*)\]/g)].flatMap((match) => [...(match[1] ?? '').matchAll(/\w+/g)].map(String)).sort()
  expect(exportedObjects(fileAt('worker/index.ts').text)).toEqual(declaredObjects(text))
  expect(exportedObjects(fileAt('tests/support/entry.ts').text)).toEqual(declaredObjects(text))
  expect(stored).toEqual(declaredObjects(text))
})

test('every secret and binding is in the Worker’s own list, and every required secret is made', () => {
  const env = fileAt('worker/core/env.ts').text
  const bindings = [...fileAt('wrangler.toml').text.matchAll(/(?:binding|name) = "([A-Z][A-Z0-9_]+)"/g)].map((match) => match[1])
  for (const name of [...bindings.filter((name) => !/^SHARD_\d+$/.test(name ?? '')), ...workerSecrets.map((secret) => secret.name)]) expect(env).toMatch(new RegExp(`\\b${name}\\??:`))
})

test('the test runner brings the workerd that wrangler deploys to', () => {
  const manifest = (name: string) => fileAt(`node_modules/${name}/package.json`).text
  const version = /"version": "([^"]+)"/.exec(manifest('wrangler'))?.[1]
  expect(manifest('@cloudflare/vitest-plugin')).toContain(`"wrangler": "${version}"`)
})

test('assets pass through the Worker, so that they leave with our headers', () => {
  for (const file of ['wrangler.toml', 'wrangler.sandbox.toml']) expect(fileAt(file).text).toContain('run_worker_first = true')
})
