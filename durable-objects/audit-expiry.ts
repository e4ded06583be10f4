import { Appender } from './audit-append.ts'
import { segmentKey } from './audit-signing.ts'
import type { KeepTerms, PersonalErasure } from './audit-words.ts'
import type { EntryMeta } from './chain-link.ts'

/** An hour between two looks at what is due at most: what falls due in between goes together. */
const LOOK_MS = 3_600_000
/** What holds until somebody says otherwise: the deployment's own log has no policy. */
const DEFAULT_TERMS: KeepTerms = { entriesMs: null, personalMs: 365 * 86_400_000 }

/**
 * Destroys sealed personal parts by person, by age, or both, and says so in the log. The entries keep their hashes and the
 * tree verifies as before. Answers the salts that no remaining part of this log was sealed under, for the caller to destroy
 * where the person itself goes: a copy of this database from before is unreadable then too.
 */
export function erasePersonal(sql: SqlStorage, log: string, now: number, { account, before }: PersonalErasure): { erased: number; salts: string[] } {
  const parts: string[] = []
  const args: (string | number)[] = []
  if (account !== undefined) parts.push('account = ?')
  if (account !== undefined) args.push(account)
  if (before !== undefined) parts.push('at < ?')
  if (before !== undefined) args.push(before)
  if (parts.length === 0) return { erased: 0, salts: [] }
  const where = parts.join(' AND ')
  const gone = sql.exec<{ sealed: string }>(`SELECT sealed FROM personal WHERE ${where}`, ...args).toArray()
  if (gone.length === 0) return { erased: 0, salts: [] }
  sql.exec(`INSERT INTO erased (hash) SELECT hash FROM personal WHERE ${where}`, ...args)
  sql.exec(`DELETE FROM personal WHERE ${where}`, ...args)
  // A log sealed for good takes no entry any more; what is destroyed there shows as destroyed beside each entry.
  if (!isClosed(sql)) tell(sql, log, now, 'core.audit.personal_erased', { by: account === undefined ? 'age' : 'person', parts: gone.length })
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
    if (newestIn(sql, to, segment.to_n) >= before) break
    to = segment.to_n
  }
  if (to === floor) return 0
  tell(sql, log, now, 'core.audit.retired', { from: floor + 1, to, before })
  sql.exec('UPDATE floor SET n = ?', to)
  sql.exec('DELETE FROM entries WHERE n <= ?', to)
  sql.exec('DELETE FROM personal WHERE at < ?', before)
  sql.exec("UPDATE segments SET state = 'retired' WHERE to_n <= ? AND state = 'stored'", to)
  return to - floor
}

export function readTerms(sql: SqlStorage): KeepTerms {
  const [terms] = sql.exec<{ entriesMs: number | null; personalMs: number | null }>('SELECT entries_ms AS entriesMs, personal_ms AS personalMs FROM terms')
  return terms ?? DEFAULT_TERMS
}

export function writeTerms(sql: SqlStorage, { entriesMs, personalMs }: KeepTerms): void {
  sql.exec('INSERT INTO terms (one, entries_ms, personal_ms) VALUES (1, ?1, ?2) ON CONFLICT (one) DO UPDATE SET entries_ms = ?1, personal_ms = ?2', entriesMs, personalMs)
}

/** Destroys and lets go what is past its time, and answers how many entries left. */
export function expire(sql: SqlStorage, log: string, now: number): number {
  const { entriesMs, personalMs } = readTerms(sql)
  if (personalMs !== null) erasePersonal(sql, log, now, { before: now - personalMs })
  return entriesMs === null || isClosed(sql) ? 0 : retireEntries(sql, log, now, now - entriesMs)
}

/** Whether the log was sealed for good with its tenant. */
export const isClosed = (sql: SqlStorage): boolean => sql.exec<{ closed: number }>('SELECT sealed_for_good AS closed FROM floor').one().closed === 1

/** When something is past its time next, or null: what is due costs, not what is kept. */
export function nextExpiry(sql: SqlStorage, now: number): number | null {
  const { entriesMs, personalMs } = readTerms(sql)
  const [personal] = sql.exec<{ at: number | null }>('SELECT min(at) AS at FROM personal')
  const [segment] = sql.exec<{ from_n: number; to_n: number }>("SELECT from_n, to_n FROM segments WHERE state = 'stored' ORDER BY from_n LIMIT 1")
  const due = [
    ...(personalMs !== null && personal?.at != null ? [personal.at + personalMs + 1] : []),
    ...(entriesMs !== null && segment ? [newestIn(sql, segment.from_n - 1, segment.to_n) + entriesMs + 1] : []),
  ]
  return due.length === 0 ? null : Math.max(Math.min(...due), now + LOOK_MS)
}

/** When the newest entry of a stretch happened. */
const newestIn = (sql: SqlStorage, after: number, to: number): number =>
  sql.exec<{ newest: number }>('SELECT COALESCE(max(at), 0) AS newest FROM entries WHERE n > ? AND n <= ?', after, to).one().newest

function tell(sql: SqlStorage, log: string, now: number, name: string, meta: EntryMeta): void {
  const appender = new Appender(sql, log, now)
  appender.own(name, meta, name)
  appender.finish()
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
