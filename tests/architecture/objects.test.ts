import ts from 'typescript'
import { expect, test } from 'vitest'

import { at, filesBelow, parse, planted, typescript, type Rule } from './tree.ts'

/** RPC reaches every property of an object's prototype; `private` is a word to the compiler only. */
const objectsHideWithHash: Rule = (files) =>
  typescript(files).flatMap((file) => {
    const source = parse(file)
    return source.statements.filter(ts.isClassDeclaration).flatMap((declaration) =>
      declaration.members
        .filter((member) => ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword))
        .map((member) => `${at(source, member)} is hidden from the compiler only; anyone with a stub can call it. Begin its name with #.`),
    )
  })

/** Each exported class of durable-objects/ says what one instance stands for. */
const objectsIntroduceThemselves: Rule = (files) =>
  typescript(files).flatMap((file) => {
    const source = parse(file)
    return source.statements
      .filter(ts.isClassDeclaration)
      .filter((declaration) => ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      .filter((declaration) => ts.getJSDocCommentsAndTags(declaration).length === 0)
      .map((declaration) => `${at(source, declaration)} says nothing of itself. Say what one instance stands for, what it orders, and what happens when it is gone.`)
  })

test('objects hide with #, and say what one of them stands for', () => {
  const objects = filesBelow('durable-objects')
  expect(objectsHideWithHash(objects)).toEqual([])
  expect(objectsIntroduceThemselves(objects)).toEqual([])
})

test('a private method and a class without a word are found', () => {
  const open = planted('durable-objects/x.ts', 'export class X { private secret() {} #fine() {} }')
  expect(objectsHideWithHash([open])).toEqual([expect.stringContaining('x.ts:1')])
  expect(objectsIntroduceThemselves([open])).toHaveLength(1)
})
