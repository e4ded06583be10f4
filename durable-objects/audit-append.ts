import { idFrom } from './audit-id.ts'
import { joined, NodeStore, sha256 } from './audit-nodes.ts'
import type { Appended, Source, SourceBatch, SourceRow, SourceState } from './audit-words.ts'
import { appendEntry, FIRST_PREV, toHex, type ChainHead, type EntryBody, type EntryMeta } from './chain-link.ts'
import type { TreeNode } from './chain-tree.ts'

const HASH_BYTES = 32

/** Why a row was not believed. `repeated`: an event sealed before under another number. */
type Refusal = 'mac' | 'malformed' | 'repeated' | 'personal'

/**
 * Appending to one log. Everything here is synchronous and runs inside one `transactionSync`: between reading the head and
 * writing it nothing else can run.
 */
export class Appender {
  readonly #sql: SqlStorage
  readonly #log: string
  readonly #now: number
  readonly #nodes: TreeNode[] = []
  /** Entries to be inserted, in one statement: one call into the database instead of one for each. */
  readonly #entries: (string | number | null)[][] = []
  /** Which events of this batch were sealed before, and by whom. */
  readonly #known = new Map<string, { source: string; source_n: number | null }>()
  readonly #personalSeen = new Set<string>()
  readonly #start: number
  #head: ChainHead
  #reported = 0

  constructor(sql: SqlStorage, log: string, now: number) {
    this.#sql = sql
    this.#log = log
    const [newest] = sql.exec<{ at: number }>('SELECT sealed_at AS at FROM entries ORDER BY n DESC LIMIT 1')
    this.#now = Math.max(now, newest?.at ?? 0) // `sealed_at` never falls, so that it can be searched by halves
    this.#head = readHead(sql)
    this.#start = this.#head.frontier.size
  }

  /**
   * A source's rows, in order and each once. A bad MAC, a hole and a source put back to an older state become entries of
   * their own; none of them blocks.
   */
  batch(batch: SourceBatch): Appended {
    const { source, seen, high, rows } = batch
    let state = readSource(this.#sql, source)
    if (seen.epoch !== state.epoch) return this.#done(source, state, true)
    // What the chain had sealed before the source was read must still be counted there.
    if (high < seen.sealedN) state = this.#rewound(source, state, Math.min((rows[0]?.n ?? high + 1) - 1, high))
    this.#lookUp(rows)
    for (const row of rows) {
      const known = this.#known.get(row.id)
      const sealed = known?.source === source && known.source_n === row.n
      if (row.n <= state.sealedN) {
        if (sealed || this.#isRefused(source, state.epoch, row)) continue
        state = this.#rewound(source, state, row.n - 1)
      }
      if (row.n > state.sealedN + 1) this.#gap(source, state.sealedN + 1, row.n - 1)
      if (!sealed) this.#row(source, state.epoch, row, known !== undefined)
      state = { ...state, sealedN: row.n }
    }
    if (batch.complete && high > state.sealedN) {
      this.#gap(source, state.sealedN + 1, high)
      state = { ...state, sealedN: high }
    }
    return this.#done(source, state, false)
  }

  /** For a log sealed for good: nothing is appended, and the source may let its rows go. */
  passOver({ source, seen, rows }: SourceBatch): Appended {
    const state = readSource(this.#sql, source)
    if (seen.epoch !== state.epoch) return this.#done(source, state, true)
    return this.#done(source, { ...state, sealedN: Math.max(state.sealedN, rows.at(-1)?.n ?? 0) }, false)
  }

  /** An entry of the chain's own. `about` makes its id: the same about the same is one event. */
  own(name: string, meta: EntryMeta, about: string): void {
    const id = idFrom(sha256(new TextEncoder().encode(`${this.#log}\n${this.#head.frontier.size}\n${name}\n${about}`)), this.#now)
    const body = { v: 1, id, tenant: this.#log, name, subject: this.#log, actor: { kind: 'system', id: 'audit-chain', role: null }, at: this.#now, meta, personal: null } as const
    this.#append(body, 'chain', null)
  }

  /** Write entries, nodes and head. Call once, last. */
  finish(): void {
    const { frontier, prev } = this.#head
    if (frontier.size === this.#start) return
    this.#sql.exec(
      `INSERT INTO entries (n, id, source, source_n, at, sealed_at, name, subject, actor_id, line)
       SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9 FROM json_each(?)`,
      JSON.stringify(this.#entries),
    )
    new NodeStore(this.#sql).append(this.#nodes)
    this.#sql.exec('UPDATE head SET size = ?, prev = ?, peaks = ?', frontier.size, prev, joined(frontier.peaks))
  }

  #row(source: Source, epoch: number, row: SourceRow, repeated: boolean): void {
    const body = row.genuine ? parsed(row.body) : null
    const refusal = this.#refusal(row, body) ?? (repeated ? 'repeated' : null)
    if (body && refusal === null) {
      try {
        this.#append(body, source, row.n)
        this.#keepPersonal(body, row.personal)
        return
      } catch (thrown) {
        if (!(thrown instanceof TypeError)) throw thrown
      }
    }
    this.#sql.exec('INSERT INTO refused (source, epoch, source_n, id) VALUES (?, ?, ?, ?)', source, epoch, row.n, row.id)
    this.#reported += 1
    const digest = toHex(sha256(new TextEncoder().encode(row.body)))
    this.own('core.audit.forged', { source, number: row.n, reason: refusal ?? 'malformed', digest }, `${source} ${epoch} ${row.n}`)
  }

  #refusal(row: SourceRow, body: EntryBody | null): Refusal | null {
    if (!row.genuine) return 'mac'
    // The platform's log tells of tenants too; a tenant's log tells of itself only.
    if (!body || body.id !== row.id || (this.#log !== 'platform' && body.tenant !== this.#log)) return 'malformed'
    if (row.personal !== null && (body.personal === null || toHex(sha256(new TextEncoder().encode(row.personal))) !== body.personal)) return 'personal'
    return null
  }

  #append(body: EntryBody, source: Source | 'chain', sourceN: number | null): void {
    const next = appendEntry(this.#head, body, sha256)
    const { id, at, name, subject, actor } = body
    this.#entries.push([next.entry.n, id, source, sourceN, at, this.#now, name, subject, actor.id, next.line])
    this.#known.set(id, { source, source_n: sourceN })
    for (const node of next.nodes) this.#nodes.push(node)
    this.#head = next.head
  }

  /** Each distinct personal part once. One that was destroyed does not come back with a late row. */
  #keepPersonal(body: EntryBody, sealed: string | null): void {
    if (sealed === null || body.personal === null || this.#personalSeen.has(body.personal)) return
    this.#personalSeen.add(body.personal)
    this.#sql.exec(
      'INSERT INTO personal (hash, sealed, account, at) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM personal WHERE hash = ?1) AND NOT EXISTS (SELECT 1 FROM erased WHERE hash = ?1)',
      body.personal, sealed, body.actor.id, body.at,
    )
  }

  #gap(source: Source, from: number, to: number): void {
    this.#reported += 1
    this.own('core.audit.gap', { source, from, to, missing: to - from + 1 }, `${source} ${from} ${to}`)
  }

  #rewound(source: Source, state: SourceState, to: number): SourceState {
    this.#reported += 1
    this.own('core.audit.source_rewound', { source, from: state.sealedN, to }, `${source} ${state.epoch}`)
    return { sealedN: to, epoch: state.epoch + 1 }
  }

  #lookUp(rows: readonly SourceRow[]): void {
    const ids = JSON.stringify(rows.map(({ id }) => id))
    for (const { id, source, source_n } of this.#sql.exec<{ id: string; source: string; source_n: number | null }>('SELECT id, source, source_n FROM entries WHERE id IN (SELECT value FROM json_each(?))', ids)) {
      this.#known.set(id, { source, source_n })
    }
  }

  #isRefused(source: Source, epoch: number, row: SourceRow): boolean {
    const [refused] = this.#sql.exec<{ id: string }>('SELECT id FROM refused WHERE source = ? AND epoch = ? AND source_n = ?', source, epoch, row.n)
    return refused?.id === row.id
  }

  #done(source: Source, state: SourceState, stale: boolean): Appended {
    if (!stale) writeSource(this.#sql, source, state)
    const { frontier, prev } = this.#head
    return { ...state, stale, size: frontier.size, head: prev, appended: frontier.size - this.#start, reported: this.#reported }
  }
}

/** Where the log stands. */
export function readHead(sql: SqlStorage): ChainHead {
  const [row] = sql.exec<{ size: number; prev: string; peaks: ArrayBuffer }>('SELECT size, prev, peaks FROM head')
  if (!row) return { frontier: { size: 0, peaks: [] }, prev: FIRST_PREV }
  const peaks = Array.from({ length: row.peaks.byteLength / HASH_BYTES }, (_, at) => new Uint8Array(row.peaks, at * HASH_BYTES, HASH_BYTES))
  return { frontier: { size: row.size, peaks }, prev: row.prev }
}

/** How far a source is sealed; a source never heard of is at 0. */
export function readSource(sql: SqlStorage, source: Source): SourceState {
  const [row] = sql.exec<{ sealedN: number; epoch: number }>('SELECT sealed_n AS sealedN, epoch FROM sources WHERE source = ?', source)
  return row ?? { sealedN: 0, epoch: 0 }
}

function writeSource(sql: SqlStorage, source: Source, { sealedN, epoch }: SourceState): void {
  const known = [...sql.exec('SELECT 1 FROM sources WHERE source = ?', source)].length > 0
  if (known) sql.exec('UPDATE sources SET sealed_n = ?, epoch = ? WHERE source = ?', sealedN, epoch, source)
  else sql.exec('INSERT INTO sources (source, sealed_n, epoch) VALUES (?, ?, ?)', source, sealedN, epoch)
}

/** The body of a row, its shape not checked yet: `appendEntry` refuses what is not an entry. */
function parsed(text: string): EntryBody | null {
  try {
    return JSON.parse(text) as EntryBody // `as`: see above
  } catch {
    return null
  }
}
