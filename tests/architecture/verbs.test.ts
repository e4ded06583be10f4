import path from 'node:path'

import ts from 'typescript'
import { expect, test } from 'vitest'

import { filesBelow, parse, planted, typescript, type Rule, type SourceFile } from './tree.ts'

/** A verb is an exported function named like its file whose first parameter is a ctx. Its test lies beside it; one test may hold verbs that undo each other. */
const everyVerbHasItsTest: Rule = (files) => {
  const tests = files.filter(({ path: file }) => file.endsWith('.test.ts'))
  return typescript(files)
    .filter((verb) => isVerb(parse(verb)) && !tests.some((candidate) => tells(candidate, verb.path)))
    .map((verb) => `${verb.path} is a verb without a test. Write ${path.basename(verb.path, '.ts')}.test.ts beside it: the happy case, the refused one, two tenants.`)
}

function tells(candidate: SourceFile, verb: string): boolean {
  return path.dirname(candidate.path) === path.dirname(verb) && candidate.text.includes(`'./${path.basename(verb)}'`)
}

function isVerb(source: ts.SourceFile): boolean {
  const name = path.basename(source.fileName, '.ts').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return source.statements.some(
    (statement) =>
      ts.isFunctionDeclaration(statement) &&
      statement.name?.text === name &&
      statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) &&
      /\b(Account)?Ctx\b/.test(statement.parameters[0]?.type?.getText(source) ?? ''),
  )
}

test('every verb has its test beside it', () => {
  expect(everyVerbHasItsTest(filesBelow('worker'))).toEqual([])
})

test('a verb without a test is found; a tested one and a helper of a verb are not', () => {
  const verb = (name: string) => `import type { Ctx } from '../ctx.ts'\nexport async function ${name}(ctx: Ctx): Promise<void> {}`
  expect(
    everyVerbHasItsTest([
      planted('worker/crm/close-policy.ts', verb('closePolicy')),
      planted('worker/crm/open-policy.ts', verb('openPolicy')),
      planted('worker/crm/open-policy.test.ts', "import { openPolicy } from './open-policy.ts'"),
      planted('worker/crm/views.ts', verb('policyView')),
    ]),
  ).toEqual([expect.stringContaining('close-policy.ts')])
})
