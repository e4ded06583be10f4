import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { unfilteredQueries } from './tenancy-rule.ts'

const audit = (root: string) => {
  const { status, stdout } = spawnSync('node', ['scripts/audit-tenancy.ts', root], { encoding: 'utf8' })
  return { status, stdout }
}

/** A small tree with one file in a module. */
function treeWith(text: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'countersign-'))
  mkdirSync(path.join(root, 'worker/crm'), { recursive: true })
  mkdirSync(path.join(root, 'app'))
  writeFileSync(path.join(root, 'worker/crm/store.ts'), text)
  return root
}

test('[CIQ-42][IFD-84] the tenancy audit finds a planted query without a tenant, by file and line', () => {
  const root = treeWith("export const all = (d1: D1Database) =>\n  d1.prepare('SELECT * FROM clients').all()\n")
  const { status, stdout } = audit(root)
  rmSync(root, { recursive: true })
  expect(stdout).toContain('worker/crm/store.ts:2 ')
  expect(stdout).toContain('1 unfiltered query')
  expect(status).toBe(1)
})

test('[IFD-85] the build stops when the count is not zero, and the product’s own count is zero', () => {
  expect(audit('.')).toEqual({ status: 0, stdout: '0 unfiltered queries\n' })
  expect(readFileSync('.ci/run', 'utf8')).toContain('npm test') // which runs this very test
})

test('what asks through the tenant’s own database is not found', () => {
  expect(unfilteredQueries([{ path: 'worker/crm/store.ts', text: 'export const all = (db: TenantDb) => db.find(clients)' }])).toEqual([])
  expect(unfilteredQueries([{ path: 'worker/crm/store.test.ts', text: "d1.prepare('select 1')" }])).toEqual([])
})
