import { Appender } from './audit-append.ts'
import { segmentKey } from './audit-signing.ts'
import type { PersonalErasure } from './audit-words.ts'

/**
 * Destroys sealed personal parts by person, by age, or both. The entries keep their hashes and the tree verifies as before.
 * Answers the salts (paths in KEYS) that no remaining part was sealed under, for the caller to destroy: a copy of this
 * database from before is unreadable then too.
 */
export function erasePersonal(sql: SqlStorage, { account, before }: PersonalErasure): { erased: number; salts: string[] } {
  const parts: string[] = []
  const args: (string | number)[] = []
  if (account !== undefined) parts.push('account = ?')
  if (account !== undefined) args.push(account)
  if (before !== undefined) parts.push('at < ?')
  if (before !== undefined) args.push(before)
  if (parts.length === 0) return { erased: 0, salts: [] }
  const where = parts.join(' AND ')
  const gone = sql.exec<{ hash: string; sealed: string }>(`SELECT hash, sealed FROM personal WHERE ${where}`, ...args).toArray()
  sql.exec(`INSERT INTO erased (hash) SELECT hash FROM personal WHERE ${where}`, ...args)
  sql.exec(`DELETE FROM personal WHERE ${where}`, ...args)
  const salts = new Set(gone.flatMap(({ sealed }) => saltOf(sealed) ?? []))
  const unused = [...salts].filter((salt) => [...sql.exec('SELECT 1 FROM personal WHERE instr(sealed, ?) LIMIT 1', JSON.stringify(salt))].length === 0)
  return { erased: gone.length, salts: unused.sort() }
}

/**
 * Lets go of whole stored segments, from the oldest on, whose every entry happened before `before` and was signed for. The
 * log says so first, in an entry of its own; node hashes stay, so that every proof still holds. Answers how many went.
 */
export function retireEntries(sql: SqlStorage, log: string, now: number, before: number): number {
  const { floor, signed } = sql.exec<{ floor: number; signed: number }>('SELECT n AS floor, COALESCE((SELECT max(size) FROM checkpoints), 0) AS signed FROM floor').one()
  let to = floor
  for (const segment of sql.exec<{ to_n: number }>("SELECT to_n FROM segments WHERE state = 'stored' AND to_n <= ? ORDER BY from_n", signed).toArray()) {
    const { newest } = sql.exec<{ newest: number }>('SELECT COALESCE(max(at), 0) AS newest FROM entries WHERE n > ? AND n <= ?', to, segment.to_n).one()
    if (newest >= before) break
    to = segment.to_n
  }
  if (to === floor) return 0
  const appender = new Appender(sql, log, now)
  appender.own('core.audit.retired', { from: floor + 1, to, before }, String(to))
  appender.finish()
  sql.exec('UPDATE floor SET n = ?', to)
  sql.exec('DELETE FROM entries WHERE n <= ?', to)
  sql.exec('DELETE FROM personal WHERE at < ?', before)
  sql.exec("UPDATE segments SET state = 'retired' WHERE to_n <= ? AND state = 'stored'", to)
  return to - floor
}

/** Takes retired segments out of the bucket. Safe to repeat. */
export async function removeRetired(sql: SqlStorage, bucket: R2Bucket, log: string): Promise<void> {
  const retired = sql.exec<{ from_n: number; to_n: number }>("SELECT from_n, to_n FROM segments WHERE state = 'retired'").toArray()
  for (const { from_n, to_n } of retired) {
    await bucket.delete(segmentKey(log, from_n, to_n))
    sql.exec("UPDATE segments SET state = 'removed' WHERE from_n = ?", from_n)
  }
}

function saltOf(sealed: string): string | null {
  try {
    const { k } = JSON.parse(sealed) as { k?: unknown } // `as`: written by commit; anything else has no salt
    return typeof k === 'string' ? k : null
  } catch {
    return null
  }
}
