import ts from 'typescript'
import { expect, test } from 'vitest'

import { at, filesBelow, parse, planted, typescript, walk, type Rule } from './tree.ts'

/** Who may ask what time it is, and why nobody else. */
const clocks: Record<string, string> = {
  'worker/clock.ts': 'the deployment’s one clock',
  'durable-objects/alarm-time.ts': 'the platform counts alarms on its own clock',
}

const readings = /^(Date\.now|performance\.now)$/

const oneClock: Rule = (files) =>
  typescript(files)
    .filter((file) => !clocks[file.path])
    .flatMap((file) => {
      const source = parse(file)
      const offences: string[] = []
      walk(source, (node) => {
        const empty = ts.isNewExpression(node) && node.expression.getText(source) === 'Date' && (node.arguments?.length ?? 0) === 0
        const reads = ts.isPropertyAccessExpression(node) && readings.test(node.getText(source))
        if (empty || reads) {
          offences.push(`${at(source, node)} reads a clock. Take ctx.now, or an argument: two clocks in one request disagree about what has expired.`)
        }
      })
      return offences
    })

test('the Worker, its objects and its rows know one clock', () => {
  expect(oneClock(filesBelow('worker', 'db', 'durable-objects'))).toEqual([])
})

test('a second clock is found, a parsed date is not one', () => {
  const second = planted('worker/crm/renew.ts', 'export const due = (at: number) => at < Date.now()')
  const bare = planted('durable-objects/x.ts', 'export const year = () => new Date().getFullYear()')
  const parsed = planted('worker/crm/show.ts', '// never Date.now()\nexport const shown = (at: number) => new Date(at).toISOString()')
  expect(oneClock([second, bare, parsed])).toEqual([expect.stringContaining('renew.ts:1'), expect.stringContaining('x.ts:1')])
})
