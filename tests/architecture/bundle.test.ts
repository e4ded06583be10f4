import { existsSync, readFileSync } from 'node:fs'

import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'

import { buildPages, bundleWorker } from '../../scripts/bundle.ts'
import { filesBelow, parse, typescript, type SourceFile } from './tree.ts'

/** What only the sandbox may contain: its routes and its stand-ins' addresses, its moveable clock, its tables. The pages may link to it. */
const sandboxWords = [/["'`]\/sandbox\//, /advance_s\b/, /\baheadMs\b/, /\bsandbox_[a-z]+/]

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

/** How often each function and class is defined in a bundle. */
function definitions(bundle: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const match of bundle.matchAll(/\b(?:function|class) (\w+)|\b(\w+) = class\b/g)) {
    const name = match[1] ?? match[2] ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** Code of the Worker that is in the pages' build, where only imports of it may be. */
function copiesIn(pages: string): string[] {
  const defined = definitions(pages)
  const ofPages = new Set(typescript(filesBelow('app')).flatMap(exportsOf))
  return floor().flatMap((file) =>
    exportsOf(file)
      .filter((name) => !ofPages.has(name) && defined.has(name))
      .map((name) => `${name} of ${file.path} is in build/server/index.js: vite.config.ts should have left it to wrangler.`),
  )
}

test('the pages’ server build carries no code of the Worker, only imports of it', () => {
  expect(copiesIn(bundles.pages)).toEqual([])
})

test('a copy would be found: the Worker’s own bundle is full of them', () => {
  expect(copiesIn(bundles.production).length).toBeGreaterThan(100)
})

test('the deployed bundle holds one copy of every object and every class of the core', () => {
  const defined = definitions(bundles.production)
  const classes = floor().flatMap((file) => parse(file).statements.filter(ts.isClassDeclaration).map(({ name }) => name?.text ?? ''))
  expect(classes).toEqual(expect.arrayContaining(['AuditChain', 'AccountGuard', 'TenantDb', 'Fault']))
  // A class of the same name in a package would be renamed by the bundler, ours keeps its name.
  expect(classes.filter((name) => (defined.get(name) ?? 0) > 1)).toEqual([])
  expect(bundles.production).not.toMatch(/\bFault[0-9]+ = class\b|\bclass Fault[0-9]+\b/)
})

test('the production bundle has no sandbox in it', () => {
  expect(bundles.sources.filter((source) => /worker\/sandbox/.test(source))).toEqual([])
  for (const word of sandboxWords) expect(word.exec(bundles.production)?.[0]).toBeUndefined()
})

test('the sandbox bundle would be recognised', () => {
  for (const word of sandboxWords) expect(bundles.sandbox).toMatch(word)
})

test('the Worker goes without the library that draws a PDF in the browser, which would be a third of it', () => {
  expect(bundles.sources.length).toBeGreaterThan(1000)
  expect(bundles.sources.filter((source) => /pdfjs-dist\/(build|legacy)/.test(source))).toEqual([])
})

test('the browser’s build holds no server code', () => {
  expect(existsSync('build/client/assets')).toBe(true)
  const shipped = filesBelow('build/client/assets').map(({ text }) => text).join('\n')
  for (const secretive of ['SESSION_MAC_KEY', 'KEK_1', 'drizzle', 'INSERT INTO']) expect(shipped).not.toContain(secretive)
})
