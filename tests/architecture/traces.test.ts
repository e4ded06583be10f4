import { expect, test } from 'vitest'

import { fileAt, filesBelow, isTest, planted, type Rule } from './tree.ts'

/** Paths of one person's machine, spelled in two halves so that this file does not find itself. */
const machinePaths = new RegExp(`(^|[\\s"'\`(=])/(${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me/[a-z]+', 'Us' + 'ers/[A-Za-z]+'].join('|')})/`, 'm')

const noMachinePaths: Rule = (files) =>
  files
    .filter(({ text }) => machinePaths.test(text))
    .map(({ path: file }) => `${file} names a folder of one machine. Start from the repository (import.meta.dirname) or from a setting.`)

const noReplace: Rule = (files) =>
  files
    .filter(({ text }) => /\b(INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b/i.test(text.replace(/\/\*[\s\S]*?\*\/|(\/\/|--|^\s*\*).*$/gm, '')))
    .map(({ path: file }) => `${file} replaces rows on conflict, which slips past the triggers that guard the log. Use INSERT … ON CONFLICT DO NOTHING, or an UPDATE.`)

const everything = [
  ...filesBelow(),
  ...['package.json', 'wrangler.toml', 'wrangler.sandbox.toml', 'wrangler.test.toml', 'vite.config.ts', 'vitest.config.ts', 'tsconfig.json'].map(fileAt),
]

test('nothing in the repository knows the machine it was written on', () => {
  expect(noMachinePaths(everything)).toEqual([])
})

test('no statement replaces rows on conflict', () => {
  expect(noReplace(everything.filter(({ path: file }) => /\.(ts|tsx|sql)$/.test(file) && !isTest(file)))).toEqual([])
})

test('a machine path and a replacing insert are found', () => {
  expect(noMachinePaths([planted('a.ts', `const a = '/${'ro' + 'ot'}/x'`), planted('b.ts', "const b = '/usr/bin/chromium'")])).toHaveLength(1)
  expect(noReplace([planted('a.ts', 'sql`insert or replace into t values (1)`'), planted('b.ts', '// never INSERT OR REPLACE')])).toHaveLength(1)
})
