import { expect, test } from 'vitest'

import { filesBelow, planted, typescript, type Rule, type SourceFile } from './tree.ts'

const lines = ({ text }: SourceFile) => text.trimEnd().split('\n').length

/** Tables of data grow by rows, not by thought. */
const isTable = (file: string) => file.startsWith('db/schema/')

const filesFitOnScreens: Rule = (files) =>
  typescript(files, 'tests too')
    .filter(({ path: file }) => !isTable(file))
    .flatMap((file) => {
      const count = lines(file)
      if (count > 400) return [`${file.path} has ${count} lines. Split it where a reader would stop: no file has more than 400.`]
      if (count > 250 && !/^(\/\/|\/\*)/.test(file.text)) {
        return [`${file.path} has ${count} lines. Split it, or let its first line be a comment that says why it may be longer than 250.`]
      }
      return []
    })

test('no file is longer than its reader’s patience', () => {
  expect(filesFitOnScreens(filesBelow())).toEqual([])
})

test('the middle file has at most 90 lines, and nine in ten at most 250', () => {
  const counts = typescript(filesBelow('app', 'worker', 'db', 'durable-objects', 'scripts')).map(lines)
  counts.sort((a, b) => a - b)
  expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(90)
  expect(counts[Math.floor(counts.length * 0.9)]).toBeLessThanOrEqual(250)
})

test('a long file without a reason and a very long one are found', () => {
  const long = (count: number, head = '') => head + 'const a = 1\n'.repeat(count)
  expect(
    filesFitOnScreens([
      planted('worker/a.ts', long(401, '// Because.\n')),
      planted('worker/b.ts', long(251)),
      planted('worker/c.ts', long(251, '// The table of RFC 9999 is one thing.\n')),
      planted('worker/d.ts', long(250)),
    ]),
  ).toEqual([expect.stringContaining('worker/a.ts'), expect.stringContaining('worker/b.ts')])
})
