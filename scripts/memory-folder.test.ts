import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, expect, test } from 'vitest'
import { capture } from './run-step.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a run that asks for so much room calls its temporary folder, with a file of its own in it. */
async function run(room: number): Promise<string> {
  const program = `
    import { writeFileSync } from 'node:fs'
    import { tmpdir } from 'node:os'
    import { keepTemporaryFilesInMemory } from './scripts/memory-folder.ts'
    keepTemporaryFilesInMemory(${JSON.stringify(folder)}, { room: ${room}, memory: 0 })
    writeFileSync(tmpdir() + '/countersign-of-a-run', '')
    console.log(tmpdir())`
  const { code, output } = await capture(process.execPath, ['--input-type=module', '--eval', program], { env: { TMPDIR: path.join(folder, 'disk') } })
  expect([code, output]).toEqual([0, expect.stringContaining(folder)])
  return path.relative(folder, output.trim())
}

test('temporary files of a run lie in memory, and nothing stays of it, nor of one that was killed; of one that still runs all does', async () => {
  const [killed, running] = ['countersign-tests-999999999-killed', `countersign-tests-${process.pid}-running`]
  for (const name of ['disk', killed, running]) mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, killed, 'a database'), '')
  expect(await run(0)).toMatch(/^countersign-tests-\d+-/)
  expect(readdirSync(folder).sort()).toEqual([running, 'disk'])
})

test('where memory has no room they stay on the disk', async () => {
  expect(await run(Number.MAX_SAFE_INTEGER)).toBe('disk')
})
