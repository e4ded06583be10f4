import path from 'node:path'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const head = `
import { eq } from 'drizzle-orm'
import { accounts } from '../../../db/schema/directory.ts'
import { members, userRoles } from '../../../db/schema/tenancy.ts'
import type { Ctx, Visit } from '../ctx.ts'
import { demandExact } from '../rights.ts'
import { grantReveal } from '../vault/reveal-grant.ts'
import { memberContact, memberLeft, rights } from './module.ts'
import { listMembers } from './list-members.ts'
import { insertMember } from './store.ts'
declare const ctx: Ctx
declare const visit: Visit
declare const cell: Awaited<ReturnType<Ctx['vault']['seal']>>
const seat = { id: 'mem', accountId: 'acc', joinedAt: 0, sealVersion: 1 }
const secret = { name: 'core.offence.secret', class: 'secret' } as const
const left = () => memberLeft('mem', { account: 'acc', role: 'member' })
void [eq, accounts, members, userRoles, demandExact, grantReveal, memberContact, insertMember, rights, cell, seat, secret, left, visit, listMembers]
`

/** Each must fail to compile, with this code and these words. */
const offences: Record<string, { code: string; says: RegExp }> = {
  'a write without an event': { code: 'await ctx.commit([insertMember(ctx.db, { ...seat, contact: cell.sealed })])', says: /^2554: Expected 2 arguments/ },
  'a write with an empty list of events': { code: 'await ctx.commit([insertMember(ctx.db, { ...seat, contact: cell.sealed })], [])', says: /^2345: Argument of type '\[\]'/ },
  'an event that no declaration made': { code: "await ctx.commit([], { name: 'core.member.left', subject: 'mem', meta: {}, reason: null, urgent: false })", says: /^2345: [^]*'\[recorded\]' is missing/ },
  'an event with a meta field that was not declared': { code: "memberLeft('mem', { account: 'acc', role: 'member', note: 'typed by a person' })", says: /^2353: .*'note'/ },
  'something that has already begun, handed to commit': { code: "await ctx.commit([ctx.db.read(ctx.db.findOne(members, undefined))], left())", says: /^2739: Type 'Promise<[^]*from type 'Write'/ },
  'a query over a table without a tenant': { code: 'await ctx.db.read(ctx.db.find(accounts))', says: /^(2345|2769): [^]*tenantId/ },
  'a row that names its tenant itself': { code: "ctx.db.insert(members, { ...seat, contact: cell.sealed, tenantId: 'ten_of_somebody_else' })", says: /^2322: Type 'string' is not assignable to type 'undefined'/ },
  'a change of a row’s tenant': { code: "ctx.db.update(userRoles, eq(userRoles.id, 'mem'), { tenantId: 'ten_of_somebody_else' })", says: /^2322: Type 'string' is not assignable to type 'undefined'/ },
  'raw D1 from a verb': { code: 'ctx.db.d1', says: /^2339: / },
  '[IFD-82] a tenant’s rows for somebody who has not entered it': { code: 'visit.db', says: /^2339: Property 'db' does not exist on type 'Visit'/ },
  'a verb run before a tenant was entered': { code: 'listMembers(visit, { limit: 1 })', says: /^2345: [^]*'Visit'[^]*'Ctx'/ },
  'plaintext in a sealed column': { code: "insertMember(ctx.db, { ...seat, contact: 'Nora New' })", says: /^2322: Type 'string' is not assignable to type [^]*\[sealedBrand\]/ },
  'a secret opened like any other field': { code: "await ctx.vault.open(secret, 'row', cell)", says: /^2345: [^]*"secret"/ },
  'a secret revealed without a grant': { code: "await ctx.vault.reveal(secret, 'row', cell)", says: /^2554: Expected 4 arguments/ },
  'a grant that is only shaped like one': { code: "await ctx.vault.reveal({}, secret, 'row', cell)", says: /^2345: [^]*'#entry'/ },
  'a grant from an entry that does not reveal': { code: "grantReveal({ verb: 'v', field: secret.name, reveals: false })", says: /^2322: Type 'false' is not assignable to type 'true'/ },
  'a proof for one act asked of a right that needs none': { code: 'await demandExact(ctx, rights.leave)', says: /^2345: [^]*'stepUp'/ },
}

const lawful = `await ctx.commit([insertMember(ctx.db, { ...seat, contact: cell.sealed }), ctx.db.remove(userRoles, eq(userRoles.id, 'mem'))], left())
await ctx.db.readAll([ctx.db.find(members), ctx.db.count(userRoles)])
await ctx.vault.open(memberContact, 'mem', cell)
await ctx.vault.reveal(grantReveal({ verb: 'v', field: secret.name, reveals: true }), secret, 'row', cell)
await demandExact(ctx, rights.close)`

const failure = readFileSync(path.join(root, 'worker/core/failure.ts'), 'utf8')
const planted = new Map<string, string>([
  ...Object.entries(offences).map(([name, { code }], index) => [planting(`tenancy/offence-${index}.ts`, name), `${head}${code}\n`] as const),
  [planting('tenancy/lawful.ts', 'lawful'), `${head}${lawful}\n`],
  [planting('failure-offence.ts', 'failure'), failure.replace("| { code: 'not_found' }", "| { code: 'not_found' }\n  | { code: 'brand_new' }")],
])

function planting(file: string, _name: string): string {
  return path.join(root, 'worker/core', file)
}

/** What the compiler says of each planted file: `code: message`. */
function compile(): Map<string, string[]> {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost({ ...options, incremental: false })
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (file, ...rest) => (planted.has(file) ? ts.createSourceFile(file, planted.get(file) ?? '', rest[0]) : getSourceFile(file, ...rest))
  host.fileExists = (file) => planted.has(file) || fileExists(file)
  host.readFile = (file) => planted.get(file) ?? readFile(file)
  const program = ts.createProgram([...planted.keys()], { ...options, incremental: false, tsBuildInfoFile: undefined }, host)
  return new Map(
    [...planted.keys()].map((file) => {
      const source = program.getSourceFile(file)
      const found = source ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] : []
      return [path.relative(path.join(root, 'worker/core'), file), found.map(({ code, messageText }) => `${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)]
    }),
  )
}

const said = compile()

test('what may be written compiles', () => {
  expect(said.get('tenancy/lawful.ts')).toEqual([])
})

for (const [index, [name, { says }]] of Object.entries(offences).entries()) {
  test(`${name} does not compile`, () => {
    const diagnostics = said.get(`tenancy/offence-${index}.ts`) ?? []
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]).toMatch(says)
  })
}

test('a failure without a wire form does not compile', () => {
  expect(said.get('failure-offence.ts')?.join('\n')).toMatch(/^(2366|7030): /m)
})
