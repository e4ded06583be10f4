import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { formatVerifierKey } from '../durable-objects/chain-note.ts'
import { exportOf, newLog, noteOf, sha256, signerOf, START } from '../tests/support/export-scene.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'verify-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const signer = await signerOf('01')
const key = formatVerifierKey(signer.key.name, signer.key.publicKey, sha256)
const log = newLog(30)
const lines = await exportOf(log, signer)

function file(name: string, content: string | Uint8Array): string {
  const where = path.join(folder, name)
  writeFileSync(where, content)
  return where
}

/** The program as a person runs it. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(import.meta.dirname, 'verify-audit.ts'), ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })
}

const good = file('good.ndjson', `${lines.join('\n')}\n`)

test('a good export is complete, with the key as text or in a file, and with an earlier checkpoint', async () => {
  const seen = file('seen.txt', await noteOf(log, signer, 10))
  const [plain, fromFile, extended] = await Promise.all([run(good, '--key', key), run(good, '--key', file('key.txt', `${key}\n`)), run(good, '--key', key, '--seen', seen)])
  const signedAt = new Date(START + 30_000).toISOString()
  expect(plain).toEqual({ code: 0, err: '', out: `complete up to 30, signed at ${signedAt}; of later entries this file says nothing.\n` })
  expect(fromFile).toMatchObject({ code: 0, out: plain.out })
  expect(extended).toMatchObject({ code: 0 })
  expect(extended.out).toContain('It extends the checkpoint you kept, of 10 entries.')
})

test('a broken export names the entry and ends with 1', async () => {
  const changed = file('changed.ndjson', lines.join('\n').replace('"subject":"mem_5"', '"subject":"mem_6"'))
  const short = file('short.ndjson', [...lines.slice(0, 20), lines.at(-1)].join('\n'))
  const bytes = file('bytes.ndjson', Uint8Array.of(0xff, 0xfe, 0x0a))
  const [edit, cut, later, binary] = await Promise.all([
    run(changed, '--key', key),
    run(short, '--key', key),
    run(file('old.ndjson', (await exportOf(log, signer, { size: 12 })).join('\n')), '--key', key, '--seen', file('later.txt', await noteOf(log, signer, 13))),
    run(bytes, '--key', key),
  ])
  expect(edit).toMatchObject({ code: 1, out: 'broken: entry 5 was changed (line 6).\n' })
  expect(cut).toMatchObject({ code: 1, out: 'broken: the end is missing, from entry 20 on.\n' })
  expect(later).toMatchObject({ code: 1, out: 'broken: you kept a later checkpoint; this file lacks everything from entry 13 on.\n' })
  expect(binary.code).toBe(1)
})

test('what cannot be tried ends with 2 and says how to ask', async () => {
  const answers = await Promise.all([run(), run(good), run(good, '--key'), run(good, good, '--key', key), run('absent.ndjson', '--key', key), run(folder, '--key', key), run(good, '--key', key, '--seen', 'absent.txt'), run(good, '--key', 'nonsense'), run(good, '--what', 'x')])
  for (const { code, out, err } of answers) {
    expect(code).toBe(2)
    expect(out + err).toMatch(/Usage: npm run verify-audit -- EXPORT --key KEY|There is no file|not a verifier key/)
  }
})
