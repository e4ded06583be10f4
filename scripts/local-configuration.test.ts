import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { localConfiguration } from './local-configuration.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-configuration-'))
const file = path.join(folder, 'sandbox.local.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what wrangler makes of a configuration is asked for once, and anew when the configuration is another', async () => {
  const made = await localConfiguration('sandbox', folder)
  expect(made.databases.map(({ binding }) => binding)).toEqual(expect.arrayContaining(['DIRECTORY', 'SHARD_1', 'SHARD_2']))
  expect([made.crons, made.vars['MAIL_PROVIDER'], Object.keys(made.worker['durableObjects'] as object)]).toEqual([['* * * * *', '0 * * * *'], 'resend', expect.arrayContaining(['AUDIT_CHAIN'])]) // `as`: objects by binding

  const kept = JSON.parse(readFileSync(file, 'utf8')) as { stamp: string } // `as`: written just now
  writeFileSync(file, JSON.stringify({ ...kept, crons: ['kept'] }))
  expect((await localConfiguration('sandbox', folder)).crons).toEqual(['kept'])
  writeFileSync(file, JSON.stringify({ ...kept, crons: ['kept'], stamp: 'of another configuration' }))
  expect(await localConfiguration('sandbox', folder)).toEqual(made)
})
