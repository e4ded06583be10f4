import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, batchOf, namesOf, newLog, NOON, seal, someRow, someRows } from '../tests/support/chain-scene.ts'
import { linkHash, toHex, type ChainEntry } from './chain-link.ts'
import { rootOf, verifyConsistency, verifyInclusion } from './chain-tree.ts'
import { readHead } from './audit-append.ts'
import { NodeStore, sha256 } from './audit-nodes.ts'
import type { SourceBatch, SourceRow } from './audit-words.ts'

// `!`: what the scene of the test made is there.

const REPORTS = ['core.audit.forged', 'core.audit.gap', 'core.audit.source_rewound']
const hexOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Every link, number and leaf of a log, recomputed from its lines. */
async function holds(log: string): Promise<number> {
  return runInDurableObject(chainOf(log), (_object, state) => {
    const { sql } = state.storage
    const lines = sql.exec<{ n: number; line: string }>('SELECT n, line FROM entries ORDER BY n').toArray()
    let prev = '0'.repeat(64)
    for (const [at, { n, line }] of lines.entries()) {
      const entry = JSON.parse(line) as ChainEntry // `as`: a canonical entry
      expect([n, entry.n, entry.prev]).toEqual([at + 1, at + 1, prev])
      const hash = linkHash(line, sha256)
      expect(toHex(new NodeStore(sql).at(0, at))).toBe(toHex(hash))
      prev = toHex(hash)
    }
    const head = readHead(sql)
    expect([head.frontier.size, head.prev]).toEqual([lines.length, prev])
    expect(toHex(rootOf(head.frontier, sha256))).toBe(toHex(new NodeStore(sql).rootAt(lines.length)))
    return lines.length
  })
}

test('an event is appended exactly once, however often it is handed in', async () => {
  const [mine, other] = [newLog(), newLog()]
  const rows = someRows(mine, 1, 5)
  const batch = await batchOf(mine, rows)
  await Promise.all([chainOf(mine).append(mine, NOON, batch), chainOf(mine).append(mine, NOON, batch), chainOf(mine).append(mine, NOON, batch)])
  await seal(mine, rows, 5)
  await seal(other, someRows(other, 1, 2))
  expect(await holds(mine)).toBe(5)
  expect(await holds(other)).toBe(2)
})

test('the order of a source is kept across batches, and sources count apart', async () => {
  const log = newLog()
  const shard = someRows(log, 1, 4)
  const account = someRows(log, 1, 3)
  await seal(log, shard.slice(0, 2), 4)
  await seal(log, account, 3, 'account:acc_1')
  await seal(log, shard, 4)
  const { entries: rows } = await chainOf(log).query(log, {}, null, 50)
  const ids = rows.toReversed().map(({ line }) => (JSON.parse(line) as ChainEntry).id) // `as`: a canonical entry
  expect(ids.filter((id) => shard.some((row) => row.id === id))).toEqual(shard.map(({ id }) => id))
  expect(ids.filter((id) => account.some((row) => row.id === id))).toEqual(account.map(({ id }) => id))
  expect(await holds(log)).toBe(rows.length)
})

test('a row whose MAC does not hold is reported instead of sealed, and blocks nothing', async () => {
  const [mine, other] = [newLog(), newLog()]
  const rows = someRows(mine, 1, 3)
  const forged = { ...rows[1]!, genuine: false } // someRows made three
  await seal(mine, [rows[0]!, forged, rows[2]!])
  await seal(other, someRows(other, 1, 3))
  expect(await namesOf(mine)).toEqual(['core.member.role_changed', 'core.audit.forged', 'core.member.role_changed'])
  expect(await namesOf(other)).not.toContain('core.audit.forged')
  const [entry] = (await chainOf(mine).query(mine, { name: 'core.audit.forged' }, null, 1)).entries
  expect(JSON.parse(entry!.line)).toMatchObject({ meta: { source: 'shard', number: 2, reason: 'mac' } })
  expect(entry!.line).not.toContain(forged.id)
  await seal(mine, [rows[0]!, forged, rows[2]!])
  expect(await holds(mine)).toBe(3)
})

test('a copied row, a body of another tenant and a swapped personal part are reported as forged', async () => {
  const [mine, other] = [newLog(), newLog()]
  const first = someRow(mine, 1, {}, '{"k":null,"s":"one","v":1}')
  const rows = [first, { ...first, n: 2 }, { ...someRow(other, 3) }, { ...someRow(mine, 4, {}, 'two'), personal: 'three' }, { ...someRow(mine, 5), body: 'no json' }]
  const { reported } = await seal(mine, rows)
  expect(reported).toBe(4)
  const { entries } = await chainOf(mine).query(mine, { name: 'core.audit.forged' }, null, 10)
  expect(entries.map(({ line }) => (JSON.parse(line) as ChainEntry).meta.reason)).toEqual(['malformed', 'personal', 'malformed', 'repeated']) // `as`: a canonical entry
  expect(await holds(mine)).toBe(5)
})

test('missing numbers are reported as a gap, in the middle and at the end', async () => {
  const [mine, other] = [newLog(), newLog()]
  const rows = someRows(mine, 1, 6)
  await seal(mine, [rows[0]!, rows[3]!], 6)
  await seal(other, someRows(other, 1, 6))
  const { entries } = await chainOf(mine).query(mine, { name: 'core.audit.gap' }, null, 10)
  expect(entries.map(({ line }) => (JSON.parse(line) as ChainEntry).meta).reverse()).toEqual([
    { source: 'shard', from: 2, to: 3, missing: 2 },
    { source: 'shard', from: 5, to: 6, missing: 2 },
  ])
  expect(await chainOf(mine).sealed(mine, 'shard')).toEqual({ sealedN: 6, epoch: 0 })
  expect(await namesOf(other)).not.toContain('core.audit.gap')
})

test('a single missing number is a gap', async () => {
  const log = newLog()
  const rows = someRows(log, 1, 3)
  await seal(log, [rows[0]!, rows[2]!])
  expect(await namesOf(log)).toEqual(['core.member.role_changed', 'core.audit.gap', 'core.member.role_changed'])
})

test('a batch that ends before its source does is no gap', async () => {
  const log = newLog()
  const rows = someRows(log, 1, 4)
  await chainOf(log).append(log, NOON, { ...(await batchOf(log, rows.slice(0, 2), 4)), complete: false })
  await seal(log, rows.slice(2), 4)
  expect((await namesOf(log)).filter((name) => REPORTS.includes(name))).toEqual([])
})

test('a source put back to an older state is reported once, and what it says afterwards is sealed', async () => {
  const [mine, other] = [newLog(), newLog()]
  const before = someRows(mine, 1, 6)
  await seal(mine, before)
  await seal(other, someRows(other, 1, 6))
  // Put back to number 4 with rows 3 and 4 still waiting there, then one new event.
  const after = [before[2]!, before[3]!, someRow(mine, 5)]
  expect(await seal(mine, after, 5)).toMatchObject({ reported: 1, sealedN: 5, epoch: 1 })
  expect(await seal(mine, after, 5)).toMatchObject({ reported: 0, appended: 0 })
  await seal(mine, [someRow(mine, 6)], 6)
  expect((await namesOf(mine)).slice(6)).toEqual(['core.audit.source_rewound', 'core.member.role_changed', 'core.member.role_changed'])
  expect((await namesOf(other)).filter((name) => REPORTS.includes(name))).toEqual([])
  expect(await holds(mine)).toBe(9)
})

test('a source put back and written past its old number is reported too', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 5))
  const { reported } = await seal(log, someRows(log, 3, 8))
  expect(reported).toBe(1)
  expect((await namesOf(log)).slice(5)).toEqual(['core.audit.source_rewound', ...Array.from({ length: 6 }, () => 'core.member.role_changed')])
})

test('rows that were read before a rollback was noticed are not taken in any more', async () => {
  const log = newLog()
  const rows = someRows(log, 1, 4)
  await seal(log, rows)
  const slow = await batchOf(log, [someRow(log, 5)])
  await seal(log, [rows[1]!, someRow(log, 3)], 3)
  expect(await chainOf(log).append(log, NOON, slow)).toMatchObject({ stale: true, appended: 0, sealedN: 3, epoch: 1 })
  await seal(log, [someRow(log, 4)])
  expect((await namesOf(log)).slice(4)).toEqual(['core.audit.source_rewound', 'core.member.role_changed', 'core.member.role_changed'])
})

test('a slow messenger with old rows is no rollback', async () => {
  const log = newLog()
  const rows = someRows(log, 1, 9)
  const slow = await batchOf(log, rows.slice(0, 3), 3)
  await seal(log, rows)
  const { reported, appended } = await chainOf(log).append(log, NOON, slow)
  expect([reported, appended]).toEqual([0, 0])
})

test('whatever order drains come in, the chain never forks, loses, doubles or cries wolf', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.array(fc.record({ read: fc.nat(12), hold: fc.nat(3), size: fc.integer({ min: 1, max: 5 }), both: fc.boolean() }), { maxLength: 14 }), async (total, drains) => {
      const log = newLog()
      const all = someRows(log, 1, total)
      const held: { batch: SourceBatch; hold: number }[] = []
      let written = 0
      const deliver = async (due: typeof held) => Promise.all(due.map(({ batch }) => chainOf(log).append(log, NOON, batch)))
      for (const { read, hold, size, both } of drains) {
        written = Math.max(written, Math.min(read, total))
        const seen = await chainOf(log).sealed(log, 'shard')
        const rows: SourceRow[] = all.slice(Math.max(0, seen.sealedN - (both ? 2 : 0)), written).slice(0, size)
        held.push({ batch: { source: 'shard', seen, high: written, complete: rows.at(-1)?.n === written, rows }, hold })
        for (const each of held) each.hold -= 1
        const due = held.filter((each) => each.hold < 0)
        held.splice(0, held.length, ...held.filter((each) => each.hold >= 0))
        await deliver(due)
      }
      await deliver(held)
      await seal(log, all, total)
      const names = await namesOf(log)
      expect(names.filter((name) => REPORTS.includes(name))).toEqual([])
      expect(await holds(log)).toBe(total)
      const { entries: rows } = await chainOf(log).query(log, {}, null, 200)
      expect(rows.toReversed().map(({ line }) => (JSON.parse(line) as ChainEntry).id)).toEqual(all.map(({ id }) => id)) // `as`: a canonical entry
    }),
    { numRuns: 25 },
  )
})

test('[CIQ-55][CIQ-62][CLN-34][IFD-88][SPO-45][CAL-34] UPDATE, DELETE and INSERT OR REPLACE run raw against the log are aborted by triggers', async () => {
  const log = newLog()
  await seal(log, [someRow(log, 1, {}, 'sealed text'), someRow(log, 2)])
  await runInDurableObject(chainOf(log), (_object, state) => {
    const { sql } = state.storage
    const refused = (query: string) => expect(() => sql.exec(query), query).toThrow(/countersign:append_only/)
    for (const table of ['entries', 'tiles', 'head', 'sources', 'personal', 'floor']) refused(table === 'entries' ? "UPDATE entries SET name = 'x'" : `UPDATE ${table} SET ${firstColumn[table]}`)
    for (const table of ['entries', 'tiles', 'head', 'sources', 'floor']) refused(`DELETE FROM ${table}`)
    refused('INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE n = 1')
    refused("INSERT OR REPLACE INTO entries SELECT 3, id, source, 9, at, sealed_at, name, subject, actor_id, line FROM entries WHERE n = 1")
    refused("INSERT OR REPLACE INTO entries SELECT 1, 'evt_other', source, 9, at, sealed_at, name, subject, actor_id, line FROM entries WHERE n = 1")
    refused("INSERT INTO entries SELECT 7, 'evt_other', source, 9, at, sealed_at, name, subject, actor_id, line FROM entries WHERE n = 1")
    refused('INSERT OR REPLACE INTO head SELECT * FROM head')
    refused('INSERT OR REPLACE INTO tiles SELECT * FROM tiles')
  })
  expect(await holds(log)).toBe(2)
  const { expected, present } = await chainOf(log).triggers()
  expect(present).toEqual(expected)
})

const firstColumn: Record<string, string> = {
  tiles: "hashes = x'00'", head: 'size = 0', sources: 'sealed_n = 0', personal: "sealed = 'x'", floor: 'n = n - 1',
}

test('proofs of any entry and between any two sizes verify, and a foreign one does not', async () => {
  const log = newLog()
  await seal(log, someRows(log, 1, 130))
  const roots = await runInDurableObject(chainOf(log), (_object, state) => new Map([1, 63, 64, 65, 100, 130].map((size) => [size, new NodeStore(state.storage.sql).rootAt(size)])))
  const { entries: rows } = await chainOf(log).query(log, {}, 66, 1)
  const entry = rows[0]!
  for (const size of [65, 100, 130]) {
    const proof = (await chainOf(log).proof(log, entry.n, size))!.map(hexOf)
    const claim = { index: entry.n - 1, size, leaf: hexOf(entry.hash), root: roots.get(size)!, proof }
    expect(verifyInclusion(claim, sha256)).toBe(true)
    expect(verifyInclusion({ ...claim, index: 0 }, sha256)).toBe(false)
  }
  for (const first of [1, 63, 64, 65]) {
    const proof = (await chainOf(log).consistency(log, first, 130))!.map(hexOf)
    expect(verifyConsistency({ first, firstRoot: roots.get(first)!, second: 130, secondRoot: roots.get(130)!, proof }, sha256)).toBe(true)
    expect(verifyConsistency({ first, firstRoot: roots.get(100)!, second: 130, secondRoot: roots.get(130)!, proof }, sha256)).toBe(false)
  }
  expect(await chainOf(log).proof(log, 131, 131)).toBeNull()
  expect(await chainOf(log).consistency(log, 5, 131)).toBeNull()
})

test('an alarm without anything to do does nothing', async () => {
  const log = newLog()
  expect(await chainOf(log).status(log)).toMatchObject({ size: 0, checkpoint: null })
  expect(await runDurableObjectAlarm(chainOf(log))).toBe(false)
})
