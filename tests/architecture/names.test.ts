import path from 'node:path'

import { expect, test } from 'vitest'

import { filesBelow, planted, typescript, type Rule } from './tree.ts'

/** Names that accept anything, so that everything ends up there. */
const vague = new Set('util utils helper helpers common shared manager service services handler handlers data info base misc lib stuff'.split(' '))

const namesSaySomething: Rule = (files) =>
  files.flatMap(({ path: file }) => {
    const parts = file.replace(/\.[^/]+$/, '').split('/')
    const offence = parts.find((part) => vague.has(part)) ?? path.basename(file).split(/[.-]/).find((word) => /^(util|helper|misc|common)s?$/.test(word))
    return offence ? [`${file} is called "${offence}", which says nothing. Name it after what is in it.`] : []
  })

const noBarrels: Rule = (files) =>
  typescript(files)
    .filter(({ path: file, text }) => !/^worker\/(index|sandbox)\.ts$/.test(file) && isBarrel(text))
    .map(({ path: file }) => `${file} only passes on what others export. Import those files where they are: a file is its own address.`)

function isBarrel(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim()
  return code !== '' && code.replace(/export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s+'[^']+';?/g, '').trim() === ''
}

test('no file has a name that could hold anything', () => {
  const code = filesBelow('app', 'worker', 'db', 'durable-objects', 'scripts', 'tests').filter(({ path: file }) => !file.endsWith('.css'))
  expect(namesSaySomething(code)).toEqual([])
})

test('no file merely passes on others', () => {
  expect(noBarrels(filesBelow('app', 'worker', 'db', 'durable-objects', 'scripts'))).toEqual([])
})

test('a vague name and a barrel are found', () => {
  expect(namesSaySomething([planted('worker/utils/x.ts', ''), planted('app/ui/date-helper.ts', ''), planted('app/ui/data-table.tsx', '')])).toHaveLength(2)
  expect(noBarrels([planted('worker/crm/index.ts', "// all\nexport * from './a.ts'\nexport { b } from './b.ts'\n"), planted('a.ts', "export * from './a.ts'\nconst c = 1")])).toHaveLength(1)
})
