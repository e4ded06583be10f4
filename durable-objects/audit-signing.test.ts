import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { auditBucket, chainOf, newLog, NOON, seal, someRow, someRows } from '../tests/support/chain-scene.ts'
import { verifyRaw } from '../tests/support/verify-raw.ts'
import type { Env } from '../worker/core/env.ts'
import { openNote, publicVerifierKey, signNote } from '../worker/core/audit/signing.ts'
import { NodeStore, sha256 } from './audit-nodes.ts'
import { checkpointKey, segmentKey } from './audit-signing.ts'
import { footerLine, headerLine, leafLine, verifyExport } from './chain-export.ts'
import { fromHex, toHex } from './chain-link.ts'
import { formatCheckpoint, parseCheckpoint } from './chain-note.ts'

// `!`: what the scene of the test made is there.

const secrets = env as unknown as Env // the bindings are made in vitest.config.ts
const HOST = 'countersign.test'

/** The log as an export file would hold it. */
async function exportOf(log: string, showing: (n: number) => boolean = () => true): Promise<string[]> {
  const signed = (await chainOf(log).checkpoint(log, NOON + 1))!
  const { rows } = await chainOf(log).exportRun(log, {}, 1, signed.size)
  const header = headerLine({ origin: `${HOST}/audit/${log}`, tenant: log, size: signed.size, filter: null, exportedAt: NOON })
  return [header, ...rows.map(({ n, hash, line }) => (line !== null && showing(n) ? line : leafLine(n, fromHex(hash)))), footerLine(signed.note)]
}

const verdictOf = (lines: string[], seen?: string) => verifyExport(lines, publicVerifierKey(secrets), { sha256, verify: verifyRaw, ...(seen === undefined ? {} : { seen }) })

test('entries and a signed checkpoint are in the bucket when the alarm has rung, within sixty seconds', async () => {
  const [mine, other] = [newLog(), newLog()]
  await seal(mine, someRows(mine, 1, 3))
  await seal(other, someRows(other, 1, 1))
  const alarm = await runInDurableObject(chainOf(mine), (_object, state) => state.storage.getAlarm())
  expect(alarm! - Date.now()).toBeLessThanOrEqual(60_000)
  await runInDurableObject(chainOf(mine), (_object, state) => void state.storage.sql.exec('UPDATE jobs SET due_at = 0'))
  await runDurableObjectAlarm(chainOf(mine))
  const lines = (await (await auditBucket.get(segmentKey(mine, 1, 3)))!.text()).trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  const note = await (await auditBucket.get(checkpointKey(mine, 3)))!.text()
  const text = await openNote(secrets, note)
  expect(parseCheckpoint(text!)).toMatchObject({ origin: `${HOST}/audit/${mine}`, size: 3 })
  const { checkpoint } = await chainOf(mine).status(mine)
  expect(checkpoint).toMatchObject({ seq: 1, size: 3, note })
  expect(await auditBucket.get(checkpointKey(other, 1))).toBeNull()
})

test('a second checkpoint covers only what came after, and one without news is the same one', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 2))
  const first = await chainOf(log).checkpoint(log, NOON)
  expect(await chainOf(log).checkpoint(log, NOON + 5)).toMatchObject({ seq: 1, note: first!.note })
  await seal(log, someRows(log, 3, 7))
  expect(await chainOf(log).checkpoint(log, NOON + 9)).toMatchObject({ seq: 2, size: 7 })
  expect(await auditBucket.head(segmentKey(log, 3, 7))).not.toBeNull()
})

test('checkpoints asked for at the same time are one', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 4))
  const signed = await Promise.all([1, 2, 3].map((ms) => chainOf(log).checkpoint(log, NOON + ms)))
  expect(new Set(signed.map((each) => each?.note)).size).toBe(1)
})

test('an export ending at its checkpoint verifies whole and with entries left out; an edited one does not', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 9))
  expect(await verdictOf(await exportOf(log))).toMatchObject({ state: 'complete', size: 9, shown: 9 })
  const filtered = await exportOf(log, (n) => n % 3 === 0)
  expect(await verdictOf(filtered)).toMatchObject({ state: 'complete', size: 9, shown: 3, leftOut: 6 })
  const edited = filtered.map((line) => line.replace('"to":"admin"', '"to":"owner"'))
  expect(await verdictOf(edited)).toMatchObject({ state: 'broken', reason: 'root_differs' })
  const whole = (await exportOf(log)).map((line, at) => (at === 4 ? line.replace('"to":"admin"', '"to":"owner"') : line))
  expect(await verdictOf(whole)).toMatchObject({ state: 'broken', reason: 'entry_changed', n: 4 })
  expect(await verdictOf((await exportOf(log)).toSpliced(4, 1))).toMatchObject({ state: 'broken', reason: 'out_of_order' })
})

test('an export of a longer log extends a checkpoint kept from earlier; one of a shorter log does not', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 4))
  const short = await exportOf(log)
  const early = (await chainOf(log).status(log)).checkpoint!.note
  await seal(log, someRows(log, 5, 6))
  const long = await exportOf(log)
  const late = (await chainOf(log).status(log)).checkpoint!.note
  expect(await verdictOf(long, early)).toMatchObject({ state: 'complete', extends: 4 })
  expect(await verdictOf(short, late)).toMatchObject({ state: 'broken', reason: 'seen_not_extended' })
})

test('nothing is signed for a log that is smaller than what was signed before', async () => {
  const [log, other] = [newLog(), newLog()]
  const text = formatCheckpoint({ origin: `${HOST}/audit/${log}`, size: 9, root: sha256(new Uint8Array(1)), at: NOON })
  await auditBucket.put(checkpointKey(log, 9), await signNote(secrets, text))
  await seal(log, someRows(log, 1, 4))
  await seal(other, someRows(other, 1, 4))
  expect(await chainOf(log).checkpoint(log, NOON)).toBeNull()
  expect(await chainOf(log).status(log)).toMatchObject({ refusal: 'smaller', checkpoint: null, size: 4 })
  expect(await chainOf(other).checkpoint(other, NOON)).toMatchObject({ size: 4 })
})

test('nothing is signed for a log that is not the one signed before', async () => {
  const log = newLog()
  const text = formatCheckpoint({ origin: `${HOST}/audit/${log}`, size: 2, root: sha256(new Uint8Array(1)), at: NOON })
  await auditBucket.put(checkpointKey(log, 2), await signNote(secrets, text))
  await seal(log, someRows(log, 1, 4))
  expect(await chainOf(log).checkpoint(log, NOON)).toBeNull()
  expect((await chainOf(log).status(log)).refusal).toBe('inconsistent')
})

test('a note that nobody of us signed stops nothing, unless it lies where ours must', async () => {
  const log = newLog()
  await auditBucket.put(checkpointKey(log, 99), 'rubbish')
  await auditBucket.put(checkpointKey(log, 5), 'rubbish')
  await seal(log, someRows(log, 1, 4))
  expect(await chainOf(log).checkpoint(log, NOON)).toMatchObject({ size: 4 })
  await seal(log, [someRow(log, 5)])
  expect(await chainOf(log).checkpoint(log, NOON)).toBeNull()
  expect((await chainOf(log).status(log)).refusal).toBe('bucket')
  await seal(log, [someRow(log, 6)])
  expect(await chainOf(log).checkpoint(log, NOON)).toMatchObject({ size: 6 })
  expect((await chainOf(log).status(log)).refusal).toBeNull()
})

test('a checkpoint that reached the bucket before a crash is taken over, not signed twice', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 4))
  const root = await runInDurableObject(chainOf(log), (_object, state) => new NodeStore(state.storage.sql).rootAt(4))
  const note = await signNote(secrets, formatCheckpoint({ origin: `${HOST}/audit/${log}`, size: 4, root, at: NOON - 7 }))
  await auditBucket.put(checkpointKey(log, 4), note)
  expect(await chainOf(log).checkpoint(log, NOON)).toMatchObject({ note, at: NOON - 7, root: toHex(root) })
})

test('an object in the bucket that is not ours is noticed when it is read back', async () => {
  const log = newLog()
  await auditBucket.put(segmentKey(log, 1, 2), 'planted')
  await seal(log, someRows(log, 1, 2))
  expect(await chainOf(log).checkpoint(log, NOON)).toBeNull()
  expect((await chainOf(log).status(log)).refusal).toBe('bucket')
})

test('personal parts are destroyed by person or by age, and the log verifies as before', async () => {
  const [log, other] = [newLog(), newLog()]
  const part = (k: string, s: string) => JSON.stringify({ k, s, v: 1 })
  const actor = (id: string) => ({ actor: { kind: 'member', id, role: 'owner' } })
  const rows = [
    someRow(log, 1, actor('acc_a'), part('acc_a.2026-10', 'one')),
    someRow(log, 2, actor('acc_a'), part('acc_a.2026-11', 'two')),
    someRow(log, 3, actor('acc_b'), part('acc_b.2026-11', 'three')),
  ]
  await seal(log, rows)
  await seal(other, [someRow(other, 1, actor('acc_a'), part('acc_a.2026-11', 'four'))])
  expect(await chainOf(log).entry(log, 2)).toMatchObject({ personal: rows[1]!.personal, erased: false })
  const before = await exportOf(log)
  expect(await chainOf(log).erasePersonal(log, NOON, { account: 'acc_a' })).toMatchObject({ erased: 2, salts: ['acc_a.2026-10', 'acc_a.2026-11'] })
  expect(await chainOf(log).entry(log, 2)).toMatchObject({ personal: null, erased: true })
  expect(await chainOf(log).entry(log, 3)).toMatchObject({ personal: rows[2]!.personal, erased: false })
  expect(await chainOf(other).entry(other, 1)).toMatchObject({ erased: false })
  // The entries are what they were; the log has one more, which says what was destroyed.
  expect((await exportOf(log)).slice(1, 4)).toEqual(before.slice(1, 4))
  expect(await verdictOf(await exportOf(log))).toMatchObject({ state: 'complete', size: 4 })
  expect((await chainOf(log).query(log, { name: 'core.audit.personal_erased' }, null, 5)).entries[0]!.line).toContain('"meta":{"by":"person","parts":2}')
  expect(await chainOf(log).erasePersonal(log, NOON, { before: NOON + 1 })).toMatchObject({ erased: 1 })
  expect(await chainOf(log).erasePersonal(log, NOON, {})).toMatchObject({ erased: 0, salts: [] })
})

test('a late row does not bring a destroyed personal part back', async () => {
  const log = newLog()
  const rows = [someRow(log, 1, {}, 'part'), someRow(log, 2, {}, 'part')]
  await seal(log, [rows[0]!], 1)
  await chainOf(log).erasePersonal(log, NOON, { before: NOON + 1 })
  await seal(log, [rows[1]!], 2)
  expect(await chainOf(log).entry(log, 3)).toMatchObject({ source: 'shard', personal: null, erased: true })
})

test('entries past their time leave in whole segments, said in the log, and everything left still verifies', async () => {
  const [log, other] = [newLog(), newLog()]
  await seal(log, someRows(log, 1, 70))
  await seal(other, someRows(other, 1, 3))
  await chainOf(log).checkpoint(log, NOON)
  await seal(log, someRows(log, 71, 80))
  await chainOf(log).checkpoint(log, NOON)
  expect(await chainOf(log).retire(log, NOON + 1000, NOON + 30)).toBe(0)
  expect(await chainOf(log).retire(log, NOON + 1000, NOON + 75)).toBe(70)
  expect(await chainOf(log).entry(log, 70)).toBeNull()
  expect(await chainOf(log).entry(log, 71)).not.toBeNull()
  expect(await chainOf(log).status(log)).toMatchObject({ floor: 70, size: 81 })
  expect((await chainOf(log).query(log, { name: 'core.audit.retired' }, null, 5)).count).toBe(1)
  expect(await verdictOf(await exportOf(log))).toMatchObject({ state: 'complete', size: 81, shown: 11, leftOut: 70 })
  await runInDurableObject(chainOf(log), (_object, state) => void state.storage.sql.exec('UPDATE jobs SET due_at = 0'))
  await runDurableObjectAlarm(chainOf(log))
  expect(await auditBucket.head(segmentKey(log, 1, 70))).toBeNull()
  expect(await auditBucket.head(segmentKey(log, 71, 80))).not.toBeNull()
  expect((await chainOf(other).status(other)).floor).toBe(0)
})

test('a log sealed for good takes nothing more, lets its sources go, and keeps its last checkpoint', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 2))
  const last = await chainOf(log).sealForGood(log, NOON)
  expect(last).toMatchObject({ size: 3 })
  expect(await seal(log, someRows(log, 3, 4))).toMatchObject({ appended: 0, sealedN: 4, size: 3 })
  expect(await chainOf(log).sealForGood(log, NOON + 5)).toMatchObject({ seq: last!.seq, note: last!.note })
  expect(await chainOf(log).retire(log, NOON, NOON + 10)).toBe(0)
  expect(await chainOf(log).status(log)).toMatchObject({ sealedForGood: true, size: 3 })
})

test('an entry edited behind the triggers is found before anything more is signed', async () => {
  const [log, other] = [newLog(), newLog()]
  await seal(log, someRows(log, 1, 6))
  await seal(other, someRows(other, 1, 6))
  await chainOf(log).checkpoint(log, NOON)
  expect(await chainOf(log).status(log)).toMatchObject({ verifiedTo: 6, brokenAt: null })
  await runInDurableObject(chainOf(log), (_object, state) => {
    state.storage.sql.exec('DROP TRIGGER entries_no_update')
    state.storage.sql.exec(`UPDATE entries SET line = replace(line, '"to":"admin"', '"to":"owner"') WHERE n = 3`)
  })
  await seal(log, [someRow(log, 7)])
  await seal(other, [someRow(other, 7)])
  expect(await chainOf(log).checkpoint(log, NOON)).toBeNull()
  expect(await chainOf(log).status(log)).toMatchObject({ refusal: 'broken', brokenAt: 3, verifiedTo: 2 })
  expect(await chainOf(other).checkpoint(other, NOON)).toMatchObject({ size: 7 })
  expect(await verdictOf(await exportOf(other))).toMatchObject({ state: 'complete', size: 7 })
})

test('the log’s own alarm destroys and lets go what is past the time its terms give', async () => {
  const [log, other] = [newLog(), newLog()]
  const now = Date.now()
  const old = [someRow(log, 1, { at: now - 40_000 }, 'part one'), someRow(log, 2, { at: now - 39_000 }, 'part two')]
  const batch = (rows: typeof old, seen: { sealedN: number; epoch: number }) => ({ source: 'shard', seen, high: rows.at(-1)!.n, complete: true, rows }) as const
  await chainOf(log).append(log, now - 38_000, batch(old, { sealedN: 0, epoch: 0 }))
  await chainOf(log).checkpoint(log, now - 38_000)
  await chainOf(log).append(log, now, batch([someRow(log, 3, { at: now }, 'part three')], { sealedN: 2, epoch: 0 }))
  await seal(other, someRows(other, 1, 2))
  await chainOf(log).keepFor(log, now, { entriesMs: 30_000, personalMs: 20_000 })
  await expect.poll(async () => (await chainOf(log).status(log)).floor, { timeout: 10_000 }).toBe(2)
  expect(await chainOf(log).entry(log, 1)).toBeNull()
  expect(await chainOf(log).entry(log, 3)).toMatchObject({ erased: false, personal: 'part three' })
  const { entries } = await chainOf(log).query(log, { actor: 'audit-chain' }, null, 5)
  expect(entries.map(({ name }) => name)).toEqual(['core.audit.retired', 'core.audit.personal_erased'])
  expect((await chainOf(other).status(other)).floor).toBe(0)
})
