import ts from 'typescript'
import { expect, test } from 'vitest'

import { at, filesBelow, parse, planted, typescript, type Rule } from './tree.ts'

/** Empty collections that are tables, not state, and why. */
const empty: Record<string, string> = { 'worker/modules.ts': 'the followers, a ReadonlyMap that has no rows yet' }

/** One isolate serves many tenants, and any of its modules outlives the request: what a module keeps, the next tenant meets. */
const noModuleState: Rule = (files) =>
  typescript(files).flatMap((file) => {
    const source = parse(file)
    return source.statements.filter(ts.isVariableStatement).flatMap((statement) => {
      const changeable = (statement.declarationList.flags & ts.NodeFlags.Const) === 0
      return statement.declarationList.declarations
        .filter((declaration) => changeable || (isEmptyCollection(declaration.initializer) && !empty[file.path]))
        .map((declaration) => `${at(source, declaration)} keeps state in a module. Pass it in, or hold it in an object made per request or by the entry.`)
    })
  })

function isEmptyCollection(value: ts.Expression | undefined): boolean {
  return (
    value !== undefined &&
    ts.isNewExpression(value) &&
    /^(Weak)?(Map|Set)$/.test(value.expression.getText()) &&
    (value.arguments?.length ?? 0) === 0
  )
}

test('no module of the Worker or the pages keeps state', () => {
  expect(noModuleState(filesBelow('worker', 'db', 'durable-objects', 'app'))).toEqual([])
})

test('a module-level let and an empty cache are found, a table of constants is not', () => {
  const counter = planted('worker/core/count.ts', 'let count = 0\nexport const next = () => (count += 1)')
  const cache = planted('worker/core/cache.ts', 'const seen = new Map<string, string>()\nexport const see = (a: string) => seen.set(a, a)')
  const table = planted('worker/core/table.ts', "export const names = new Map([['a', 'b']])\nexport function f() { let x = 1; return x++ }")
  expect(noModuleState([counter, cache, table])).toEqual([expect.stringContaining('count.ts:1'), expect.stringContaining('cache.ts:1')])
})
