import { expect, test } from 'vitest'
import { namedIn, proofsIn, testsIn, testsOf, type RunReport } from './proofs.ts'

const at = 'a'.repeat(40)
const text = `test('[CIQ-35][SPO-08] a link dies', () => {})\ntest("untagged", () => {})\ntest(\`[CAL-16] one more\`, async () => {})\ntest('[CAL-17] it\\'s told as written', () => {})`
const found = testsIn([{ file: 'a.test.ts', text }])
const reported = (report: Partial<RunReport> = {}): RunReport => ({
  commit: at, full: true,
  testResults: [{ name: '/repo/a.test.ts', assertionResults: [{ title: '[CIQ-35][SPO-08] a link dies', status: 'passed' }, { title: '[CAL-16] one more', status: 'failed' }, { title: 'untagged', status: 'skipped' }] }],
  ...report,
})

test('without a full run a tagged title is carried by its test and nothing is said of its result', () => {
  expect(proofsIn(found, ['a.test.ts'], null)).toEqual({
    commit: null,
    claims: {
      'CIQ-35': [{ title: 'a link dies', file: 'a.test.ts', result: null }],
      'SPO-08': [{ title: 'a link dies', file: 'a.test.ts', result: null }],
      'CAL-16': [{ title: 'one more', file: 'a.test.ts', result: null }],
      'CAL-17': [{ title: "it's told as written", file: 'a.test.ts', result: null }],
    },
    files: { 'a.test.ts': expect.arrayContaining([{ title: 'untagged', file: 'a.test.ts', result: null }]) },
  })
})

test('a full run of this commit says of each test what came of it, and of one that it never came to that it was not run', () => {
  const ran = testsOf(reported(), at, found, '/repo')
  expect(ran?.map(({ title, result }) => [title, result])).toEqual([
    ['[CIQ-35][SPO-08] a link dies', 'passed'],
    ['[CAL-16] one more', 'failed'],
    ['untagged', 'not run'],
    ["[CAL-17] it's told as written", 'not run'],
  ])
})

test('a run of another commit, of edited files, or of some tests only, proves nothing', () => {
  expect(testsOf(null, at, found, '/repo')).toBeNull()
  expect(testsOf(reported({ commit: 'b'.repeat(40) }), at, found, '/repo')).toBeNull()
  expect(testsOf(reported({ full: false }), at, found, '/repo')).toBeNull()
  expect(testsOf(reported({ commit: `${at}-dirty` }), `${at}-dirty`, found, '/repo')).toBeNull()
  expect(testsOf(reported({ commit: 'unknown' }), 'unknown', found, '/repo')).toBeNull()
})

test('a title with a placeholder counts as run where its file ran any with its tags', () => {
  const family = testsIn([{ file: 'b.test.ts', text: 'test(`[CAL-18] of ${name}`, () => {})' }])
  const report = reported({ testResults: [{ name: '/repo/b.test.ts', assertionResults: [{ title: '[CAL-18] of one', status: 'passed' }] }] })
  expect(testsOf(report, at, family, '/repo')).toEqual([{ file: 'b.test.ts', title: '[CAL-18] of one', result: 'passed' }])
})

test('the test files that controls name are found in their declarations', () => {
  expect(namedIn([{ file: 'module.ts', text: "provenBy: ['a.test.ts', 'b.test.ts'], claims: ['CAL-16']" }])).toEqual(['a.test.ts', 'b.test.ts'])
})
