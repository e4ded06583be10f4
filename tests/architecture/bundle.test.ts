import { existsSync, readFileSync } from 'node:fs'

import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'

import { buildPages, bundleWorker } from '../../scripts/bundle.ts'
import { filesBelow, parse, typescript, type SourceFile } from './tree.ts'

/** What only the sandbox may contain: its routes, its moveable clock, the addresses of its stand-ins. */
const sandboxWords = [/["'`]\/sandbox\b/, /advance_s/, /clock_offset|clockOffset/, /stand-?in/i]

const bundles = { production: '', sandbox: '', pages: '', sources: [''] }

beforeAll(async () => {
  await buildPages()
  const production = await bundleWorker('production')
  bundles.production = readFileSync(production, 'utf8')
  bundles.sandbox = readFileSync(await bundleWorker('sandbox'), 'utf8')
  bundles.pages = readFileSync('build/server/index.js', 'utf8')
  // Written by esbuild.
  bundles.sources = (JSON.parse(readFileSync(`${production}.map`, 'utf8')) as { sources: string[] }).sources
}, 180_000)

const floor = () => typescript(filesBelow('worker', 'db', 'durable-objects')).filter(({ path: file }) => !file.startsWith('worker/sandbox'))

/** Names of the classes and functions that a file of the Worker exports, longer than a chance match. */
function exportsOf(file: SourceFile): string[] {
  const source = parse(file)
  return source.statements
    .filter((statement) => ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    .filter((statement) => ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map((statement) => statement.name?.text ?? '')
    .filter((name) => name.length > 5)
}

const definitions = (bundle: string, name: string) =>
  [...bundle.matchAll(new RegExp(`(?:function|class) ${name}\\b|\\b${name} = class\\b`, 'g'))].length

test('the pages’ server build carries no code of the Worker, only imports of it', () => {
  const pages = new Set(typescript(filesBelow('app')).flatMap(exportsOf))
  const copied = floor().flatMap((file) =>
    exportsOf(file)
      .filter((name) => !pages.has(name) && definitions(bundles.pages, name) > 0)
      .map((name) => `${name} of ${file.path} is in build/server/index.js: vite.config.ts should have left it to wrangler.`),
  )
  expect(copied).toEqual([])
})

test('the deployed bundle holds one copy of every class of the Worker and its objects', () => {
  const classes = [...bundles.production.matchAll(/^\s*(?:var (\w+) = class\b|class (\w+)\b)/gm)].map((match) => match[1] ?? match[2])
  expect(classes).toEqual(expect.arrayContaining(['AuditChain', 'AccountGuard']))
  const doubled = floor()
    .flatMap(exportsOf)
    .filter((name) => definitions(bundles.production, name) > 1 && bundles.production.includes(`${name} = class`))
  expect(doubled).toEqual([])
  expect(new Set(bundles.sources).size).toBe(bundles.sources.length)
})

test('the production bundle has no sandbox in it', () => {
  expect(bundles.sources.filter((source) => /worker\/sandbox/.test(source))).toEqual([])
  for (const word of sandboxWords) expect(word.exec(bundles.production)?.[0]).toBeUndefined()
})

test('the sandbox bundle would be recognised', () => {
  expect(sandboxWords.some((word) => word.test(bundles.sandbox))).toBe(true)
})

test('the browser’s build holds no server code', () => {
  expect(existsSync('build/client/assets')).toBe(true)
  const shipped = filesBelow('build/client/assets').map(({ text }) => text).join('\n')
  for (const secretive of ['SESSION_MAC_KEY', 'KEK_1', 'drizzle', 'INSERT INTO']) expect(shipped).not.toContain(secretive)
})
