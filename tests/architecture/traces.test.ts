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

/** Who may write a line of the log, and why nobody else: a message quoted there is a row quoted there. */
const voices: Record<string, string> = { 'worker/core/failure.ts': '`report`, for the Worker and its pages', 'durable-objects/audit-jobs.ts': 'an object imports nothing of the Worker' }

const oneVoice: Rule = (files) =>
  files
    .filter(({ path: file, text }) => !voices[file] && /\bconsole\./.test(text))
    .map(({ path: file }) => `${file} writes to the log by itself. Use report of worker/core/failure.ts, which says a name and ids and no message.`)

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

test('the Worker, its pages and its objects have one voice, which quotes nothing', () => {
  expect(oneVoice(filesBelow('worker', 'app', 'durable-objects').filter(({ path: file }) => /\.tsx?$/.test(file) && !isTest(file)))).toEqual([])
  expect(oneVoice([planted('worker/crm/renew.ts', "console.warn('no such row', row)"), planted('worker/crm/show.ts', "report('renewals', thrown)")])).toEqual([expect.stringContaining('renew.ts')])
})

test('a machine path and a replacing insert are found', () => {
  expect(noMachinePaths([planted('a.ts', `const a = '/${'ro' + 'ot'}/x'`), planted('b.ts', "const b = '/usr/bin/chromium'")])).toHaveLength(1)
  expect(noReplace([planted('a.ts', 'sql`insert or replace into t values (1)`'), planted('b.ts', '// never INSERT OR REPLACE')])).toHaveLength(1)
})
