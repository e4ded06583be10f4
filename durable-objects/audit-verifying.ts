import { readHead } from './audit-append.ts'
import { NodeStore, sha256 } from './audit-nodes.ts'
import { FIRST_PREV, linkHash, toHex, type ChainEntry } from './chain-link.ts'

/** Old entries hashed again with each checkpoint, so that the whole log is gone through again and again. */
const SWEEP = 1_000

/** What has been hashed again, and the first entry that was found changed. */
export type Verified = { readonly verifiedTo: number; readonly brokenAt: number | null }

/**
 * Hashes entries again from what now stands in the table and holds them against the tree: all that are new, and a stretch of
 * the old ones. Somebody who edits the database file behind the triggers is found by this before anything more is signed.
 */
export function verifyEntries(sql: SqlStorage): Verified {
  const { size } = readHead(sql).frontier
  const { floor, n, swept } = sql.exec<{ floor: number; n: number; swept: number }>('SELECT (SELECT n FROM floor) AS floor, n, swept_n AS swept FROM verified').one()
  const from = Math.max(swept, floor) + 1
  const to = Math.min(from + SWEEP - 1, n)
  const broken = firstBroken(sql, Math.max(n, floor) + 1, size) ?? firstBroken(sql, from, to)
  sql.exec('UPDATE verified SET n = ?, swept_n = ?, broken_n = ?', broken === null ? size : Math.min(n, broken - 1), to >= n ? 0 : to, broken)
  return readVerified(sql)
}

export const readVerified = (sql: SqlStorage): Verified => sql.exec<{ verifiedTo: number; brokenAt: number | null }>('SELECT n AS verifiedTo, broken_n AS brokenAt FROM verified').one()

/** The first entry of a stretch that is missing, does not name the one before, or is not the leaf that the tree holds. */
function firstBroken(sql: SqlStorage, from: number, to: number): number | null {
  if (from > to) return null
  const leaves = new NodeStore(sql).leaves(Math.max(from - 2, 0), to)
  let prev = from === 1 ? FIRST_PREV : toHex(leaves.shift() ?? new Uint8Array(0))
  let expected = from
  for (const { n, line } of sql.exec<{ n: number; line: string }>('SELECT n, line FROM entries WHERE n BETWEEN ? AND ? ORDER BY n', from, to)) {
    const hash = toHex(linkHash(line, sha256))
    const entry = JSON.parse(line) as ChainEntry // `as`: it hashes to what was appended, or is found broken below
    if (n !== expected || entry.n !== n || entry.prev !== prev || hash !== toHex(leaves[n - from] ?? new Uint8Array(0))) return Math.min(n, expected)
    prev = hash
    expected = n + 1
  }
  return expected <= to ? expected : null
}
