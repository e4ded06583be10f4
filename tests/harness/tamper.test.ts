import { expect, test } from 'vitest'
import { verifyExport, type ExportVerdict } from '../../durable-objects/chain-export.ts'
import { formatVerifierKey } from '../../durable-objects/chain-note.ts'
import { bodyOf, exportOf, newLog, noteOf, sha256, signerOf } from '../support/export-scene.ts'
import { verifyRaw } from '../support/verify-raw.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'

/** Entries of the log that is tampered with, and untouched exports that must not raise an alarm. */
const ENTRIES = isFull ? 1000 : 200
const CLEAN = isFull ? 1000 : 100

const signer = await signerOf('07')
const key = formatVerifierKey(signer.key.name, signer.key.publicKey, sha256)
const log = newLog(ENTRIES)
const whole = await exportOf(log, signer)

const check = (lines: readonly string[], seen?: string): Promise<ExportVerdict> => verifyExport(lines, key, { sha256, verify: verifyRaw, ...(seen === undefined ? {} : { seen }) })

/** An entry with one character of what it says changed, at a place the seed chooses. */
function edited(line: string, random: () => number): string {
  const at = line.indexOf('"subject":"') + 11 + Math.floor(random() * 4)
  return `${line.slice(0, at)}${line[at] === 'x' ? 'y' : 'x'}${line.slice(at + 1)}`
}

test('of an export every single entry edited, taken out, doubled, put in or swapped with its neighbour is found', async () => {
  const random = randomFrom(seed)
  const missed: string[] = []
  const tried = { edit: 0, delete: 0, insert: 0, swap: 0 }
  const stranger = newLog(1, 'tnt_a', () => bodyOf(ENTRIES + 7)).lines[0] ?? ''
  for (let n = 1; n <= ENTRIES; n += 1) {
    const line = whole[n] ?? ''
    const ways = {
      edit: whole.with(n, edited(line, random)),
      delete: whole.toSpliced(n, 1),
      insert: whole.toSpliced(n, 0, random() < 0.5 ? line : stranger),
      swap: n === ENTRIES ? whole.with(n, whole[n - 1] ?? '').with(n - 1, line) : whole.with(n, whole[n + 1] ?? '').with(n + 1, line),
    }
    for (const [way, lines] of Object.entries(ways)) {
      tried[way as keyof typeof tried] += 1 // `as`: the keys of ways
      if ((await check(lines)).state !== 'broken') missed.push(`${way} of entry ${n}`)
    }
  }
  expect(missed).toEqual([])
  evidence('G6', 'tampered exports found', { entries: ENTRIES, ...tried, missed: 0 })
}, 900_000)

test('an end cut off is found below the newest checkpoint, and beyond it by any one later one', async () => {
  let cut = 0
  for (let kept = 1; kept < ENTRIES; kept += isFull ? 7 : 11) {
    expect(await check([...whole.slice(0, kept + 1), whole.at(-1) ?? ''])).toMatchObject({ state: 'broken', reason: 'truncated' })
    const older = await exportOf(log, signer, { size: kept })
    expect(await check(older)).toMatchObject({ state: 'complete', size: kept })
    expect(await check(older, await noteOf(log, signer, kept + 1))).toMatchObject({ state: 'broken', reason: 'seen_not_extended' })
    cut += 1
  }
  evidence('G6', 'truncations found', { tried: cut, missed: 0 })
}, 600_000)

test('untouched exports of any size and filter raise no alarm', async () => {
  const random = randomFrom(seed + 1)
  for (let run = 0; run < CLEAN; run += 1) {
    const size = Math.floor(random() * (ENTRIES + 1))
    const shown = Math.floor(random() * 5) + 1
    const seen = await noteOf(log, signer, Math.floor(random() * (size + 1)))
    expect((await check(await exportOf(log, signer, { size, shows: (n) => n % shown === 0 }), seen)).state).toBe('complete')
  }
  evidence('G6', 'clean exports', { tried: CLEAN, 'false alarms': 0 })
}, 600_000)
