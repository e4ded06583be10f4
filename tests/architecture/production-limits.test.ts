import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { buildPages, bundleWorker } from '../../scripts/bundle.ts'
import { at, fileAt, filesBelow, parse, planted, typescript, walk, type Rule, type SourceFile } from './tree.ts'

/** The only caller of scrypt: it looks at the cost first. */
const HASHER = 'worker/core/identity/password.ts'

/** What every node of the product's code looks like to a rule. */
const each = (files: readonly SourceFile[], look: (node: ts.Node, source: ts.SourceFile) => string | null): string[] =>
  typescript(files).flatMap((file) => {
    const found: string[] = []
    const source = parse(file)
    walk(source, (node) => {
      const offence = look(node, source)
      if (offence) found.push(`${at(source, node)} ${offence}`)
    })
    return found
  })

const codeFromText: Rule = (files) =>
  each(files, (node) => {
    const made = (ts.isNewExpression(node) || ts.isCallExpression(node)) && /^(globalThis\.)?(Function|eval)$/.test(node.expression.getText())
    const later = ts.isCallExpression(node) && /^(globalThis\.)?set(Timeout|Interval)$/.test(node.expression.getText()) && node.arguments[0] !== undefined && ts.isStringLiteralLike(node.arguments[0])
    return made || later ? 'makes code of text, which production refuses. Write the code.' : null
  })

const dearRounds: Rule = (files) =>
  each(files, (node) => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'iterations') return null
    const rounds = Number(node.initializer.getText().replaceAll('_', ''))
    return rounds <= 100_000 ? null : 'asks PBKDF2 for more than 100,000 rounds, or for a number nobody can read here: production refuses more.'
  })

const otherHashers: Rule = (files) =>
  each(files.filter(({ path: file }) => file !== HASHER), (node) =>
    ts.isImportSpecifier(node) && /^(scrypt|scryptSync|pbkdf2|pbkdf2Sync)$/.test((node.propertyName ?? node.name).text) ? `takes ${node.name.text} for itself. ${HASHER} looks at what it costs first.` : null,
  )

const product = filesBelow('worker', 'durable-objects', 'db', 'app')

test('no code is made of text, no PBKDF2 goes above 100,000 rounds, and one file alone calls scrypt', () => {
  for (const rule of [codeFromText, dearRounds, otherHashers]) expect(rule(product)).toEqual([])
  expect(fileAt(HASHER).text).toContain('isTooDear')
})

test('each of them is found', () => {
  const code = planted('worker/crm/code.ts', "export const a = new Function('return 1')\nexport const b = eval('1')\nexport const c = globalThis.Function('1')\nsetTimeout('d()', 1)\nsetTimeout(() => 1, 1)")
  const rounds = planted('worker/core/identity/rounds.ts', "export const a = { name: 'PBKDF2', iterations: 100_001 }\nexport const b = { iterations: ROUNDS }\nexport const c = { iterations: 100_000 }")
  const hasher = planted('worker/crm/hash.ts', "import { scrypt as slow, pbkdf2Sync } from 'node:crypto'\nimport { createHash } from 'node:crypto'")
  expect(codeFromText([code])).toHaveLength(4)
  expect(dearRounds([rounds])).toHaveLength(2)
  expect(otherHashers([hasher])).toHaveLength(2)
})

/** Parts of a bundle that are loaded by name later. The browser's own loader of routes, which Remix brings along, names none. */
function laterLoads(bundle: SourceFile): string[] {
  const loads: string[] = []
  const source = parse(bundle)
  walk(source, (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments.some(ts.isStringLiteralLike)) loads.push(at(source, node))
  })
  return loads
}

test('the deployed Worker is one module that loads nothing while it runs, so no request waits for what another one began to load', async () => {
  await buildPages()
  expect(laterLoads(planted('index.js', readFileSync(await bundleWorker('production'), 'utf8')))).toEqual([])
  expect(laterLoads(planted('index.js', "export const list = () => import('./list.js')"))).toHaveLength(1)
}, 180_000)
