import { existsSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { filesBelow } from './tree.ts'

/** Files that the trust page says enforce a control, as the manifests name them. */
const enforcing = filesBelow('worker')
  .filter(({ text }) => text.includes('enforcedBy:'))
  .flatMap(({ path, text }) => [...text.matchAll(/enforcedBy: \[([^\]]*)\]/g)].flatMap(([, list = '']) => [...list.matchAll(/'([^']+)'/g)].map(([, file = '']) => ({ path, file }))))

/** Test files that the threat model names, each with the sentences it quotes of it. */
const rows = readFileSync('docs/threat-model.md', 'utf8').split('\n').filter((line) => /^\|.*`/.test(line))
const proving = rows.flatMap((row) => [...row.matchAll(/`([^`]+\.(?:test|e2e)\.tsx?)`((?: › “[^”]+”)*)/g)].map(([, file = '', quoted = '']) => ({ file, sentences: [...quoted.matchAll(/“([^”]+)”/g)].map(([, sentence = '']) => sentence) })))

test('every file that a control says enforces it is there', () => {
  expect(enforcing.length).toBeGreaterThan(15)
  expect(enforcing.filter(({ file }) => !existsSync(file))).toEqual([])
})

test('every threat names tests that are there, by their own sentence', () => {
  expect(rows.length).toBeGreaterThan(18)
  expect(rows.filter((row) => !/`[^`]+\.(?:test|e2e)\.tsx?` › “/.test(row))).toEqual([])
  const missing = proving.flatMap(({ file, sentences }) => (existsSync(file) ? sentences.filter((sentence) => !readFileSync(file, 'utf8').includes(sentence)).map((sentence) => `${file}: ${sentence}`) : [file]))
  expect(missing).toEqual([])
})
