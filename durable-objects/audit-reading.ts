import { NodeStore } from './audit-nodes.ts'
import type { DayCount, EntryDetail, EntryFilter, EntryPage, EntryRow, ExportRun, LogFigures } from './audit-words.ts'
import { toHex, type ChainEntry } from './chain-link.ts'

/** No more than this many matches are counted: beyond it a page says "more than". */
const COUNT_TO = 10_000
/** Most entries one page or one run carries. */
const PAGE = 200
const RUN = 1_000
const DAY_MS = 86_400_000
/** Days of the small chart above the log. */
const DAYS = 14
/** How far the moment of sealing, taken when a drain began, may lie before the moment of the event. */
const CLOCK_SLACK_MS = 600_000

type Row = { n: number; id: string; name: string; subject: string; at: number; line: string; source: EntryRow['source']; sealed_at: number }
const COLUMNS = 'n, id, name, subject, at, line, source, sealed_at'
type Where = { readonly sql: string; readonly args: (string | number)[] }

/** Entries that fit, newest first, below `before`. */
export function queryEntries(sql: SqlStorage, filter: EntryFilter, before: number | null, limit: number): EntryPage {
  const where = whereOf(sql, filter)
  const most = Math.min(Math.max(limit, 1), PAGE)
  const found = sql
    .exec<Row>(`SELECT ${COLUMNS} FROM entries WHERE ${where.sql} AND n < ? ORDER BY n DESC LIMIT ?`, ...where.args, before ?? Number.MAX_SAFE_INTEGER, most + 1)
    .toArray()
  const entries = found.slice(0, most).map((row) => shown(sql, row))
  const next = found.length > most ? (entries.at(-1)?.n ?? null) : null
  return { entries, next, count: countEntries(sql, filter, Number.MAX_SAFE_INTEGER, COUNT_TO), countedTo: COUNT_TO }
}

/** How many entries up to number `upTo` fit; counting stops at `most`. */
export function countEntries(sql: SqlStorage, filter: EntryFilter, upTo: number, most: number): number {
  const where = whereOf(sql, filter)
  return sql.exec<{ count: number }>(`SELECT count(*) AS count FROM (SELECT 1 FROM entries WHERE ${where.sql} AND n <= ? LIMIT ?)`, ...where.args, upTo, most).one().count
}

/** One entry with its personal part, by number or by event id. */
export function entryAt(sql: SqlStorage, key: { n: number } | { id: string }): EntryDetail | null {
  const [row] = 'n' in key
    ? sql.exec<Row>(`SELECT ${COLUMNS} FROM entries WHERE n = ?`, key.n)
    : sql.exec<Row>(`SELECT ${COLUMNS} FROM entries WHERE id = ?`, key.id)
  if (!row) return null
  const entry = JSON.parse(row.line) as ChainEntry // `as`: the line was made of one
  const [personal] = sql.exec<{ sealed: string }>('SELECT sealed FROM personal WHERE hash = ?', entry.personal ?? '')
  return { ...shown(sql, row), entry, personal: personal?.sealed ?? null, erased: entry.personal !== null && !personal }
}

/** One stretch of the log from `from` up to `to`, for an export: what fits the filter whole, the rest as bare hashes. */
export function runOf(sql: SqlStorage, filter: EntryFilter, from: number, to: number): ExportRun {
  const where = whereOf(sql, filter)
  const end = Math.min(from + RUN - 1, to)
  const fitting = new Map(
    sql
      .exec<Row>(`SELECT ${COLUMNS} FROM entries WHERE ${where.sql} AND n BETWEEN ? AND ?`, ...where.args, from, end)
      .toArray()
      .map((row) => [row.n, row]),
  )
  const rows = new NodeStore(sql).leaves(from - 1, end).map((hash, at) => {
    const row = fitting.get(from + at)
    return { n: from + at, hash: toHex(hash), line: row?.line ?? null, sealedAt: row?.sealed_at ?? null }
  })
  return { rows, next: end < to && rows.length > 0 ? end + 1 : null }
}

/** The figures above the log. */
export function figuresOf(sql: SqlStorage, now: number): LogFigures {
  const since = firstSealedAfter(sql, now - DAY_MS)
  const day = sql.exec<{ name: string; count: number }>('SELECT name, count(*) AS count FROM entries WHERE n >= ? GROUP BY name', since).toArray()
  const lags = sql
    .exec<{ lag: number }>("SELECT sealed_at - at AS lag FROM entries WHERE source <> 'chain' ORDER BY n DESC LIMIT 101")
    .toArray()
    .map(({ lag }) => Math.max(0, lag))
    .sort((a, b) => a - b)
  const [last] = sql.exec<{ at: number }>('SELECT at FROM checkpoints ORDER BY seq DESC LIMIT 1')
  return { day, sealedWithinMs: lags[Math.floor(lags.length / 2)] ?? null, lastCheckpointAt: last?.at ?? null, days: entriesByDay(sql, now) }
}

/** Numbers have no gaps, so a day's entries are the distance between its first number and the next day's: no entry is read. */
function entriesByDay(sql: SqlStorage, now: number): DayCount[] {
  const today = Math.floor(now / DAY_MS)
  const firsts = Array.from({ length: DAYS + 1 }, (_, at) => firstSealedAfter(sql, (today - DAYS + 1 + at) * DAY_MS))
  return firsts.slice(0, DAYS).map((first, at) => ({ day: new Date((today - DAYS + 1 + at) * DAY_MS).toISOString().slice(0, 10), count: (firsts[at + 1] ?? first) - first }))
}

function whereOf(sql: SqlStorage, { actor, name, subject, from, to, endings, text }: EntryFilter): Where {
  const parts: string[] = ['1']
  const args: (string | number)[] = []
  const add = (part: string, ...values: (string | number)[]): void => {
    parts.push(part)
    args.push(...values)
  }
  if (actor) add('actor_id = ?', actor)
  if (subject) add('subject = ?', subject)
  // A prefix ends at a dot or at the end: `core.member` is not `core.membership`.
  if (name) add("(name = ? OR substr(name, 1, length(?) + 1) = ? || '.')", name, name, name)
  if (endings && endings.length > 0) add(`(${endings.map(() => 'substr(name, -length(?)) = ?').join(' OR ')})`, ...endings.flatMap((ending) => [ending, ending]))
  // An entry is sealed after it happened, so the start is found without reading what lies before it.
  if (from !== undefined) add('n >= ? AND at >= ?', firstSealedAfter(sql, from - CLOCK_SLACK_MS), from)
  if (to !== undefined) add('at <= ?', to)
  if (text) add("(instr(id, ?) OR instr(subject, ?) OR instr(actor_id, ?) OR instr(name, ?) OR instr(json_extract(line, '$.meta'), ?))", text, text, text, text, text)
  return { sql: parts.join(' AND '), args }
}

/** The first entry sealed at or after a moment. `sealed_at` never falls, so a search by halves finds it. */
function firstSealedAfter(sql: SqlStorage, moment: number): number {
  const bounds = sql.exec<{ low: number | null; high: number | null }>('SELECT (SELECT min(n) FROM entries) AS low, (SELECT max(n) FROM entries) AS high').one()
  let low = bounds.low ?? 1
  let high = (bounds.high ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const { at } = sql.exec<{ at: number }>('SELECT sealed_at AS at FROM entries WHERE n = ?', middle).one()
    if (at < moment) low = middle + 1
    else high = middle
  }
  return low
}

function shown(sql: SqlStorage, { sealed_at, ...row }: Row): EntryRow {
  return { ...row, sealedAt: sealed_at, hash: toHex(new NodeStore(sql).at(0, row.n - 1)) }
}
