import { expect, test } from 'vitest'
import { inWords } from './control-proofs.tsx'

const proof = (result: 'passed' | 'failed' | 'not run' | null) => ({ title: 'it holds', file: 'a.test.ts', result })
const commit = 'abcdef012345'.padEnd(40, '0')

test('tests are said to prove only where the full run of this commit passed them all', () => {
  expect(inWords({ proofs: [proof('passed'), proof('passed')] }, { version: '0.1.0+abcdef012345', provenAt: commit })).toBe('Proven by 2 tests: all passed in the full run of commit abcdef012345')
  expect(inWords({ proofs: [proof('passed'), proof('failed'), proof('not run')] }, { version: '0.1.0+abcdef012345', provenAt: commit })).toBe('1 of 3 tests passed in the full run of commit abcdef012345')
})

test('without a recorded run they are carried, and the build is named', () => {
  expect(inWords({ proofs: [proof(null)] }, { version: '0.1.0+abcdef012345', provenAt: null })).toBe('Carried by 1 test (no full run of this commit is recorded; this is 0.1.0+abcdef012345)')
})
