import { expect, test } from 'vitest'
import { proofsIn } from './proofs.ts'

test('a tagged title is a proof of each claim it carries, told without its tags', () => {
  const text = `test('[CIQ-35][SPO-08] a link dies', () => {})\ntest("untagged", () => {})\ntest(\`[CAL-16] one more\`, async () => {})\ntest('[CAL-17] it\\'s told as written', () => {})`
  expect(proofsIn([{ file: 'a.test.ts', text }])).toEqual({
    'CIQ-35': [{ title: 'a link dies', file: 'a.test.ts' }],
    'SPO-08': [{ title: 'a link dies', file: 'a.test.ts' }],
    'CAL-16': [{ title: 'one more', file: 'a.test.ts' }],
    'CAL-17': [{ title: "it's told as written", file: 'a.test.ts' }],
  })
})
