import fc from 'fast-check'
import { expect, test } from 'vitest'

import { bodyOf, exportOf, newLog, noteOf, sha256, signerOf, START } from '../tests/support/export-scene.ts'
import { footerLine, headerLine, leafLine, verifyExport, type ExportVerdict } from './chain-export.ts'
import { appendEntry, canonicalJson, EMPTY_HEAD, type ChainEntry } from './chain-link.ts'
import { formatVerifierKey, originOf } from './chain-note.ts'
import { verifyEd25519 } from './chain-signer.ts'

const signer = await signerOf('01')
const stranger = await signerOf('02')
const keyText = (of = signer) => formatVerifierKey(of.key.name, of.key.publicKey, sha256)
const verify = (lines: Iterable<string> | AsyncIterable<string>, seen?: string): Promise<ExportVerdict> =>
  verifyExport(lines, keyText(), { sha256, verify: verifyEd25519, ...(seen === undefined ? {} : { seen }) })

const SIZE = 20
const log = newLog(SIZE)
const other = newLog(SIZE, 'tnt_b')
const whole = await exportOf(log, signer)
const entryAt = (n: number) => JSON.parse(log.lines[n - 1] ?? '') as ChainEntry // written by appendEntry
const edited = (n: number, change: object) => canonicalJson({ ...entryAt(n), ...change })

test('an untouched export is complete up to its size, and says when that was signed', async () => {
  expect(await verify(whole)).toMatchObject({ state: 'complete', tenant: 'tnt_a', origin: 'cs.example/audit/tnt_a', size: SIZE, signedAt: START + SIZE * 1000, shown: SIZE, leftOut: 0, extends: null })
})

test('no false alarms: any size, any filter, any kept checkpoint', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: SIZE }), fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }), fc.nat(), async (size, shown, kept) => {
      const seenSize = kept % (size + 1)
      const lines = await exportOf(log, signer, { size, shows: (n) => shown[n - 1] === true })
      const expected = shown.slice(0, size).filter(Boolean).length
      expect(await verify(lines, await noteOf(log, signer, seenSize))).toMatchObject({ state: 'complete', size, shown: expected, leftOut: size - expected, extends: seenSize })
    }),
    { numRuns: 100 },
  )
})

test('every edit of every entry is found, and the edited entry is named', async () => {
  for (let n = 1; n <= SIZE; n += 1) {
    const changes = [{ at: START }, { subject: 'mem_x' }, { name: 'core.member.left' }, { meta: { count: 99 } }, { actor: { kind: 'member', id: 'acc_2', role: 'owner' } }, { id: 'evt_x' }, { personal: '00'.repeat(32) }]
    for (const change of changes) {
      const verdict = await verify(whole.with(n, edited(n, change)))
      // Of the last entry nothing but the signature speaks, and a signature cannot say which entry it misses.
      expect(verdict).toMatchObject(n === SIZE ? { state: 'broken', reason: 'root_differs' } : { state: 'broken', reason: 'entry_changed', n })
    }
  }
})

test('an edited link is found and named, too', async () => {
  for (let n = 1; n <= SIZE; n += 1) expect(await verify(whole.with(n, edited(n, { prev: 'ee'.repeat(32) })))).toMatchObject({ state: 'broken', reason: 'entry_changed', n })
})

test('every deleted, repeated, inserted and swapped entry is found at its place', async () => {
  for (let n = 1; n <= SIZE; n += 1) {
    expect(await verify(whole.toSpliced(n, 1))).toMatchObject(n === SIZE ? { reason: 'truncated', n } : { reason: 'out_of_order', n, found: n + 1 })
    expect(await verify(whole.toSpliced(n, 0, whole[n] ?? ''))).toMatchObject({ reason: 'out_of_order', n: n + 1, found: n })
    expect(await verify(whole.toSpliced(n, 0, edited(n, { id: 'evt_new' })))).toMatchObject({ state: 'broken' })
    for (let m = n + 1; m <= SIZE; m += 1) expect(await verify(whole.with(n, whole[m] ?? '').with(m, whole[n] ?? ''))).toMatchObject({ reason: 'out_of_order', n, found: m })
  }
})

test('a deletion that renumbers everything after it is found', async () => {
  for (let n = 1; n <= SIZE; n += 1) {
    const forged = newLog(SIZE - 1, 'tnt_a', (at) => bodyOf(at < n ? at : at + 1))
    expect(await verify([whole[0] ?? '', ...forged.lines, whole.at(-1) ?? ''])).toMatchObject({ state: 'broken', reason: 'truncated' })
    const padded = appendEntry(forged.heads[SIZE - 1] ?? EMPTY_HEAD, bodyOf(99), sha256).line
    expect(await verify([whole[0] ?? '', ...forged.lines, padded, whole.at(-1) ?? ''])).toMatchObject({ state: 'broken', reason: 'root_differs' })
  }
})

test('rewriting the log from any entry on, with all links made right again, is found', async () => {
  for (let from = 1; from <= SIZE; from += 1) {
    const forged = newLog(SIZE, 'tnt_a', (n) => (n < from ? bodyOf(n) : bodyOf(n, 'tnt_a', { forged: true })))
    expect(await verify([whole[0] ?? '', ...forged.lines, whole.at(-1) ?? ''])).toMatchObject({ state: 'broken', reason: 'root_differs' })
  }
})

test('an end cut off below the checkpoint is found; beyond it any one later checkpoint finds it', async () => {
  for (let kept = 0; kept < SIZE; kept += 1) {
    expect(await verify([...whole.slice(0, kept + 1), whole.at(-1) ?? ''])).toMatchObject({ reason: 'truncated', n: kept + 1 })
    expect(await verify(whole.slice(0, kept + 1))).toMatchObject(kept === 0 ? { reason: 'truncated', n: 1 } : { reason: 'truncated', n: kept + 1 })
    const older = await exportOf(log, signer, { size: kept })
    expect(await verify(older)).toMatchObject({ state: 'complete', size: kept })
    for (const later of [kept + 1, SIZE]) expect(await verify(older, await noteOf(log, signer, later))).toMatchObject({ reason: 'seen_not_extended', n: kept + 1 })
  }
})

test('entries beyond the checkpoint, and anything after it, are refused', async () => {
  const short = await noteOf(log, signer, SIZE - 3)
  expect(await verify([...whole.slice(0, -1), footerLine(short)])).toMatchObject({ reason: 'more_than_signed', n: SIZE - 2 })
  for (const more of [whole.at(-1), whole[5], '', '{}']) expect(await verify([...whole, more ?? ''])).toMatchObject({ reason: 'more_than_signed' })
})

test('a fork of the log does not extend a checkpoint kept from before', async () => {
  const fork = newLog(SIZE + 5, 'tnt_a', (n) => (n <= 10 ? bodyOf(n) : bodyOf(n, 'tnt_a', { fork: true })))
  const lines = await exportOf(fork, signer)
  expect(await verify(lines)).toMatchObject({ state: 'complete', size: SIZE + 5 })
  expect(await verify(lines, await noteOf(log, signer, 10))).toMatchObject({ state: 'complete', extends: 10 })
  for (let size = 11; size <= SIZE; size += 1) expect(await verify(lines, await noteOf(log, signer, size))).toMatchObject({ reason: 'seen_not_extended', n: null })
})

test('a kept checkpoint of another log, by another key, or unsigned is refused', async () => {
  expect(await verify(whole, await noteOf(other, signer, 5))).toMatchObject({ reason: 'seen_refused' })
  expect(await verify(whole, await noteOf(log, stranger, 5))).toMatchObject({ reason: 'seen_refused' })
  expect(await verify(whole, (await noteOf(log, signer, 5)).replace('\n5\n', '\n6\n'))).toMatchObject({ reason: 'seen_refused' })
  expect(await verify(whole, '')).toMatchObject({ reason: 'seen_refused' })
})

test('a checkpoint by another key, with a changed byte, or of another log is refused', async () => {
  const withNote = async (note: string) => verify([...whole.slice(0, -1), footerLine(note)])
  expect(await withNote(await noteOf(log, stranger))).toMatchObject({ reason: 'other_key' })
  expect(await withNote((await noteOf(log, signer)).replace('time 1', 'time 2'))).toMatchObject({ reason: 'bad_signature' })
  expect(await withNote(await noteOf(other, signer))).toMatchObject({ reason: 'other_log' })
  expect(await withNote('nonsense')).toMatchObject({ reason: 'checkpoint_malformed' })
  const elsewhere = await signerOf('01', 'evil.example')
  expect(await verify(await exportOf(log, elsewhere))).toMatchObject({ reason: 'other_key' })
})

test("another tenant's log cannot pass for one's own, nor the deployment's for a tenant's", async () => {
  const theirs = await exportOf(other, signer)
  expect(await verify(theirs)).toMatchObject({ state: 'complete', tenant: 'tnt_b' })
  expect(await verify([whole[0] ?? '', ...theirs.slice(1)])).toMatchObject({ reason: 'other_tenant', n: 1 })
  const deployment = newLog(SIZE, null)
  const lines = await exportOf(deployment, signer)
  expect(await verify(lines)).toMatchObject({ state: 'complete', tenant: null, origin: 'cs.example/audit' })
  const relabelled = headerLine({ origin: originOf('cs.example', 'tnt_x'), tenant: 'tnt_x', size: SIZE, filter: null, exportedAt: START })
  expect(await verify([relabelled, ...lines.slice(1)])).toMatchObject({ reason: 'other_log' })
  const header = { size: SIZE, filter: null, exportedAt: START }
  expect(await verify([headerLine({ ...header, origin: 'cs.example/audit', tenant: 'tnt_x' }), ...lines.slice(1)])).toMatchObject({ reason: 'other_log' })
  expect(await verify([headerLine({ ...header, origin: originOf('cs.example', 'tnt_a'), tenant: null }), ...whole.slice(1)])).toMatchObject({ reason: 'other_log' })
})

test('in a filtered export every shown entry is held by its neighbours and every left-out one by the root', async () => {
  const filtered = await exportOf(log, signer, { shows: (n) => n % 3 === 0 })
  expect(await verify(filtered)).toMatchObject({ state: 'complete', shown: 6, leftOut: 14 })
  for (let n = 1; n <= SIZE; n += 1) {
    const changed = n % 3 === 0 ? edited(n, { subject: 'mem_x' }) : leafLine(n, new Uint8Array(32))
    expect(await verify(filtered.with(n, changed))).toMatchObject({ state: 'broken' })
    expect(await verify(filtered.toSpliced(n, 1))).toMatchObject({ state: 'broken' })
  }
})

test('hiding an entry behind its hash is not hidden: it is counted', async () => {
  const hidden = whole.with(7, leafLine(7, log.hashes[6] ?? new Uint8Array(32)))
  expect(await verify(hidden)).toMatchObject({ state: 'complete', shown: SIZE - 1, leftOut: 1 })
})

test('a second spelling of any line is refused', async () => {
  const line = whole[4] ?? ''
  const spellings = [` ${line}`, `${line} `, line.replace(',', ', '), JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as object).reverse())), line.replace('"v":1', '"v":1.0'), line.replace('"n":4', '"n":4e0'), line.replace('mem_4', 'mem\\u005f4'), `${line.slice(0, -1)},"v":1}`, '', 'null', '[', line.slice(0, -1)]
  for (const spelling of spellings) expect(await verify(whole.with(4, spelling))).toMatchObject(spelling === 'null' ? { reason: 'not_an_entry', line: 5, n: 4 } : { reason: 'not_canonical', line: 5, n: 4 })
  const leaf = `{"n":4,"leaf":"${Buffer.from(log.hashes[3] ?? []).toString('hex')}"}`
  expect(await verify(whole.with(4, leaf))).toMatchObject({ reason: 'not_canonical', n: 4 })
  expect(await verify([...whole.slice(0, -1), ` ${whole.at(-1)}`])).toMatchObject({ reason: 'not_canonical' })
})

test('a first line that promises another size than was signed is refused', async () => {
  for (const size of [0, SIZE - 1, SIZE + 1]) {
    const header = headerLine({ origin: originOf('cs.example', 'tnt_a'), tenant: 'tnt_a', size, filter: null, exportedAt: START })
    expect(await verify(whole.with(0, header))).toMatchObject({ reason: 'not_an_export', line: 1 })
  }
})

test('what is no export is told apart from a broken one', async () => {
  for (const lines of [[], [''], ['{}'], ['hello'], whole.slice(1), ['\ufeff' + (whole[0] ?? ''), ...whole.slice(1)]]) expect(await verify(lines)).toMatchObject({ reason: 'not_an_export' })
  expect(await verifyExport(whole, 'not a key', { sha256, verify: verifyEd25519 })).toMatchObject({ reason: 'key_malformed' })
})

test('any line replaced by anything is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.oneof(fc.json(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...whole, ...other.lines)), async (at, line) => {
      if (line === whole[at]) return
      expect((await verify(whole.with(at, line))).state).toBe('broken')
    }),
    { numRuns: 500 },
  )
})

test('any one character changed, dropped or added is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), fc.nat(), fc.constantFrom('', '0', '1', 'a', '"', '}', ' ', '\\'), fc.boolean(), async (at, where, char, insert) => {
      const line = whole[at] ?? ''
      const place = where % line.length
      const changed = line.slice(0, place) + char + line.slice(insert ? place : place + 1)
      if (changed === line) return
      expect((await verify(whole.with(at, changed))).state).toBe('broken')
    }),
    { numRuns: 1000 },
  )
})

test('lines may come one by one from a stream, and progress is told', async () => {
  const long = newLog(2500)
  const told: number[] = []
  async function* slowly() {
    yield* await exportOf(long, signer)
  }
  const verdict = await verifyExport(slowly(), keyText(), { sha256, verify: verifyEd25519, progress: (entries) => told.push(entries) })
  expect(verdict).toMatchObject({ state: 'complete', size: 2500 })
  expect([...new Set(told)]).toEqual([0, 1000, 2000])
})
