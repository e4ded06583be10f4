/**
 * The tables of one audit log and the triggers that keep them append-only. Whoever holds the Cloudflare account can drop a
 * trigger, but not unnoticed by anyone who kept a checkpoint.
 */

const tables = [
  // `n` counts from 1 without gaps. The leaf hash of entry n is node (0, n - 1).
  `CREATE TABLE IF NOT EXISTS entries (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, source_n INTEGER, at INTEGER NOT NULL, sealed_at INTEGER NOT NULL,
    name TEXT NOT NULL, subject TEXT NOT NULL, actor_id TEXT NOT NULL, line TEXT NOT NULL)`,
  'CREATE INDEX IF NOT EXISTS entries_actor ON entries (actor_id, n)',
  'CREATE INDEX IF NOT EXISTS entries_subject ON entries (subject, n)',
  // 64 nodes of one level side by side: one row written where single nodes would be 128 of them.
  'CREATE TABLE IF NOT EXISTS tiles (level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, idx)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS head (one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL, size INTEGER NOT NULL, prev TEXT NOT NULL, peaks BLOB NOT NULL)',
  'CREATE TABLE IF NOT EXISTS sources (source TEXT PRIMARY KEY, sealed_n INTEGER NOT NULL, epoch INTEGER NOT NULL) WITHOUT ROWID',
  // Rows that were refused, so that reading them again is not taken for a rollback.
  'CREATE TABLE IF NOT EXISTS refused (source TEXT NOT NULL, epoch INTEGER NOT NULL, source_n INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (source, epoch, source_n)) WITHOUT ROWID',
  // The sealed personal parts, each once, apart from the entries so that they can be destroyed.
  'CREATE TABLE IF NOT EXISTS personal (hash TEXT PRIMARY KEY, sealed TEXT NOT NULL, account TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE INDEX IF NOT EXISTS personal_account ON personal (account)',
  'CREATE INDEX IF NOT EXISTS personal_at ON personal (at)',
  'CREATE TABLE IF NOT EXISTS erased (hash TEXT PRIMARY KEY) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS checkpoints (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, size INTEGER NOT NULL UNIQUE, root TEXT NOT NULL, at INTEGER NOT NULL, note TEXT NOT NULL)',
  // Which entries go into which object of the bucket, decided before the first attempt so that a repeat writes the same one.
  `CREATE TABLE IF NOT EXISTS segments (from_n INTEGER PRIMARY KEY, to_n INTEGER NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('planned', 'stored', 'retired', 'removed')))`,
  'CREATE TABLE IF NOT EXISTS floor (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, sealed_for_good INTEGER NOT NULL, refusal TEXT)',
  'CREATE TABLE IF NOT EXISTS verified (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL, swept_n INTEGER NOT NULL, broken_n INTEGER)',
  'CREATE TABLE IF NOT EXISTS terms (one INTEGER PRIMARY KEY CHECK (one = 1), entries_ms INTEGER, personal_ms INTEGER)',
  'CREATE TABLE IF NOT EXISTS jobs (kind TEXT PRIMARY KEY, due_at INTEGER NOT NULL, tries INTEGER NOT NULL) WITHOUT ROWID',
]

// INSERT OR REPLACE slips past UPDATE and DELETE triggers: an insert that meets any unique key is refused as well.
const guards: readonly [name: string, table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', when: string | null][] = [
  ['entries_no_update', 'entries', 'UPDATE', null],
  ['entries_no_replace', 'entries', 'INSERT', 'EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)'],
  // A number that exists is none that comes next: this one guards `n`, which is the rowid.
  ['entries_in_order', 'entries', 'INSERT', 'NEW.n <> COALESCE((SELECT max(n) FROM entries), (SELECT n FROM floor)) + 1'],
  ['entries_no_early_delete', 'entries', 'DELETE', 'OLD.n > (SELECT n FROM floor)'],
  ['tiles_only_grow', 'tiles', 'UPDATE', 'NEW.level <> OLD.level OR NEW.idx <> OLD.idx OR length(NEW.hashes) <= length(OLD.hashes) OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes'],
  ['tiles_no_replace', 'tiles', 'INSERT', 'EXISTS (SELECT 1 FROM tiles WHERE level = NEW.level AND idx = NEW.idx)'],
  ['tiles_no_delete', 'tiles', 'DELETE', null],
  ['head_only_grows', 'head', 'UPDATE', 'NEW.size < OLD.size OR NEW.log <> OLD.log'],
  ['head_no_replace', 'head', 'INSERT', 'EXISTS (SELECT 1 FROM head)'],
  ['head_no_delete', 'head', 'DELETE', null],
  ['sources_only_rise', 'sources', 'UPDATE', 'NEW.source <> OLD.source OR NEW.epoch < OLD.epoch OR (NEW.epoch = OLD.epoch AND NEW.sealed_n < OLD.sealed_n)'],
  ['sources_no_replace', 'sources', 'INSERT', 'EXISTS (SELECT 1 FROM sources WHERE source = NEW.source)'],
  ['sources_no_delete', 'sources', 'DELETE', null],
  ['personal_no_update', 'personal', 'UPDATE', null],
  ['personal_no_replace', 'personal', 'INSERT', 'EXISTS (SELECT 1 FROM personal WHERE hash = NEW.hash)'],
  ['personal_no_return', 'personal', 'INSERT', 'EXISTS (SELECT 1 FROM erased WHERE hash = NEW.hash)'],
  ['erased_no_delete', 'erased', 'DELETE', null],
  ['checkpoints_no_update', 'checkpoints', 'UPDATE', null],
  ['checkpoints_only_grow', 'checkpoints', 'INSERT', 'EXISTS (SELECT 1 FROM checkpoints WHERE size >= NEW.size OR seq >= NEW.seq)'],
  ['checkpoints_no_delete', 'checkpoints', 'DELETE', null],
  ['floor_only_rises', 'floor', 'UPDATE', 'NEW.n < OLD.n OR NEW.sealed_for_good < OLD.sealed_for_good'],
  ['floor_no_replace', 'floor', 'INSERT', 'EXISTS (SELECT 1 FROM floor)'],
  ['floor_no_delete', 'floor', 'DELETE', null],
]

/** The triggers a log must have, as SQL; the live probe compares them with what the object's database holds. */
export const auditTriggers: readonly string[] = guards.map(
  ([name, table, verb, when]) => `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} ${when === null ? '' : `WHEN ${when} `}BEGIN SELECT RAISE(ABORT, 'countersign:append_only'); END`,
)

/** Makes what is not there yet. Runs at every wake; costs about a millisecond. */
export function createAuditTables(sql: SqlStorage): void {
  for (const table of tables) sql.exec(table)
  for (const trigger of auditTriggers) sql.exec(trigger.replace('CREATE TRIGGER', 'CREATE TRIGGER IF NOT EXISTS'))
  sql.exec('INSERT INTO floor (one, n, sealed_for_good, refusal) SELECT 1, 0, 0, NULL WHERE NOT EXISTS (SELECT 1 FROM floor)')
  sql.exec('INSERT INTO verified (one, n, swept_n, broken_n) SELECT 1, 0, 0, NULL WHERE NOT EXISTS (SELECT 1 FROM verified)')
}

/** The triggers that are there, as SQL: one that was replaced by an empty one of the same name is not among those that must be. */
export const presentTriggers = (sql: SqlStorage): string[] =>
  sql.exec<{ sql: string }>("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY sql").toArray().map((row) => row.sql.replace(/\s+/g, ' '))
