import { expect, test } from 'vitest'

import { fileAt, filesBelow, planted, typescript, type Rule } from './tree.ts'

/** Who may speak to a database: what opens it for a tenant, and the wiring that hands it there. */
const openers = /^worker\/core\/(reach\.ts$|env\.ts$|tenancy\/)/

/** Bindings are named in capitals in wrangler.toml; `env.ts` only lists them. */
const bindings = [...fileAt('wrangler.toml').text.matchAll(/(?:binding|name) = "([A-Z][A-Z0-9_]+)"/g)].map((match) => match[1] ?? '')

const oneCallerPerBinding: Rule = (files) =>
  bindings.flatMap((binding) => {
    const opened = /^(DIRECTORY|SHARD_\d+)$/.test(binding) ? openers : undefined
    const callers = typescript(files)
      .filter(({ path: file, text }) => new RegExp(`\\.${binding}\\b`).test(text) && !opened?.test(file))
      .map(({ path: file }) => file)
    if (callers.length === 0 || (callers.length === 1 && !opened)) return []
    const [remedy, allowed] = opened ? ['Take ctx.db.', 'worker/core/tenancy'] : ['Let the others call that file.', 'one typed client file']
    return [`${binding} is spoken to by ${callers.join(' and ')}, and may be by ${allowed} only. ${remedy}`]
  })

/** The sandbox's own entry looks at everything; it is never deployed. */
const product = filesBelow('worker', 'durable-objects').filter(({ path: file }) => !file.startsWith('worker/sandbox'))

test('each binding is spoken to by one file', () => {
  expect(bindings).toEqual(expect.arrayContaining(['DIRECTORY', 'KEYS', 'AUDIT_CHAIN', 'ASSETS']))
  expect(oneCallerPerBinding(product)).toEqual([])
})

/** A raw shard, past the fence: `reach.shard(…)`. */
const shardsStayInTenancy: Rule = (files) =>
  typescript(files)
    .filter(({ path: file, text }) => /\breach\.shard\(/.test(text) && !openers.test(file))
    .map(({ path: file }) => `${file} takes a shard's raw database. Take ctx.db, or reach.reader(name) for a question over all tenants.`)

test('no store, cron or probe sees the raw database of a shard', () => {
  expect(shardsStayInTenancy(product)).toEqual([])
  expect(shardsStayInTenancy([planted('worker/core/delivery/store.ts', "await reach.shard('SHARD_1').prepare('DELETE FROM deliveries').run()")])).toHaveLength(1)
})

test('a second caller is found', () => {
  const client = planted('worker/core/audit/chain-client.ts', 'export const chain = (env: Env) => env.AUDIT_CHAIN')
  const second = planted('worker/core/trust/probe.ts', 'export const probe = (env: Env) => env.AUDIT_CHAIN.idFromName("x")')
  expect(oneCallerPerBinding([client])).toEqual([])
  expect(oneCallerPerBinding([client, second])).toEqual([expect.stringContaining('AUDIT_CHAIN')])

  const sql = planted('worker/crm/list.ts', "export const all = (env: Env) => env.SHARD_1.prepare('SELECT 1')")
  expect(oneCallerPerBinding([sql])).toEqual([expect.stringContaining('ctx.db')])
})
