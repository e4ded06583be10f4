import { canonicalJson, FIRST_PREV, fromHex, hasKeys, isEntry, isHash, linkHash, toHex, type ChainEntry } from './chain-link.ts'
import { openCheckpoint, originOf, parseVerifierKey, type Checkpoint, type VerifierKey, type Verify } from './chain-note.ts'
import { appendLeaf, EMPTY_FRONTIER, rootOf, sameBytes, type Frontier, type Sha256 } from './chain-tree.ts'

/**
 * An export of the audit log and its verification by someone who has nothing but the file, a public key and perhaps a
 * checkpoint kept from earlier. One canonical JSON value per line: a header, every number from 1 on either as the whole entry
 * or as the leaf hash of one that was left out, and a signed checkpoint that covers them all.
 */

/** First line. Nothing in it is believed on its own: tenant and size are held against the signed checkpoint. */
export type ExportHeader = {
  readonly format: 'countersign.audit.v1'
  readonly origin: string
  /** Null for the deployment's own log. */
  readonly tenant: string | null
  readonly size: number
  /** What was asked for, as the query of the audit page; null for everything. Says why, proves nothing. */
  readonly filter: string | null
  /** Epoch milliseconds. */
  readonly exportedAt: number
}

/** Why an export was not believed. */
export type ExportReason =
  | 'not_an_export' // the first line is not our header
  | 'not_canonical' // a line is not the one spelling of its JSON, or no JSON at all
  | 'not_an_entry'
  | 'other_tenant'
  | 'out_of_order' // missing, repeated, inserted or swapped: `n` was expected, `found` was there
  | 'entry_changed'
  | 'truncated' // fewer entries than were signed, or no checkpoint at all
  | 'more_than_signed'
  | 'checkpoint_malformed'
  | 'other_key'
  | 'bad_signature'
  | 'other_log' // a good signature, for another tenant or deployment
  | 'root_differs' // every line holds together, yet it is not what was signed
  | 'key_malformed'
  | 'seen_refused' // the kept checkpoint is not one of this log and key
  | 'seen_not_extended' // this file does not begin with what was signed earlier

/** What can be said of an export. `n` is the entry at fault where one can be named, `line` its line counted from 1. */
export type ExportVerdict =
  | {
      readonly state: 'complete'
      readonly origin: string
      readonly tenant: string | null
      readonly size: number
      /** Epoch milliseconds of the signature. */
      readonly signedAt: number
      /** Hex. */
      readonly root: string
      readonly shown: number
      readonly leftOut: number
      /** Size of the kept checkpoint that this export extends. */
      readonly extends: number | null
    }
  | { readonly state: 'broken'; readonly reason: ExportReason; readonly n: number | null; readonly found: number | null; readonly line: number | null }

/** How to verify. `seen` is the text of a signed checkpoint kept from earlier. `progress` is told the entries read so far. */
export type VerifyOptions = { readonly sha256: Sha256; readonly verify: Verify; readonly seen?: string; readonly progress?: (entries: number) => void }

/** The header line of an export. */
export const headerLine = (header: Omit<ExportHeader, 'format'>): string => canonicalJson({ format: 'countersign.audit.v1', ...header })
/** The line that stands for an entry left out. `hash` is its leaf hash. */
export const leafLine = (n: number, hash: Uint8Array): string => canonicalJson({ leaf: toHex(hash), n })
/** The last line: the signed note. */
export const footerLine = (note: string): string => canonicalJson({ checkpoint: note })

/** Verifies an export line by line in constant memory. `key` is the verifier key text the deployment publishes. */
export async function verifyExport(lines: AsyncIterable<string> | Iterable<string>, key: string, options: VerifyOptions): Promise<ExportVerdict> {
  const verifier = parseVerifierKey(key.trim(), options.sha256)
  if (!verifier) return broken('key_malformed')
  let seen: Checkpoint | null = null
  if (options.seen !== undefined) {
    const opened = await openCheckpoint(options.seen, verifier, options.verify)
    if (!opened.ok) return broken('seen_refused')
    seen = opened.checkpoint
  }
  const replay = new Replay(options.sha256, seen)
  for await (const line of lines) {
    const verdict = replay.read(line)
    if (verdict) return verdict
    if (options.progress && replay.count % 1000 === 0) options.progress(replay.count)
  }
  return replay.finish(verifier, options.verify)
}

type Step = { readonly hash: Uint8Array; readonly entry: ChainEntry | null; readonly line: number; readonly before: Frontier }

/** Rebuilds the chain and the tree from the lines. */
class Replay {
  readonly #sha256: Sha256
  readonly #seen: Checkpoint | null
  #line = 0
  #header: ExportHeader | null = null
  #frontier: Frontier = EMPTY_FRONTIER
  #last: Step | null = null
  /** The two entries whose link does not hold; the next line says which of them was changed. */
  #doubt: { readonly older: Step | null; readonly newer: Step } | null = null
  #note: string | null = null
  #shown = 0
  #seenRoot: Uint8Array | null = null

  constructor(sha256: Sha256, seen: Checkpoint | null) {
    this.#sha256 = sha256
    this.#seen = seen
    this.#keepSeenRoot()
  }

  get count(): number {
    return this.#frontier.size
  }

  read(line: string): ExportVerdict | null {
    this.#line += 1
    if (this.#note !== null) return this.#broken('more_than_signed')
    const value = parseLine(line)
    if (value === undefined) return this.#doubtful() ?? this.#broken(this.#header ? 'not_canonical' : 'not_an_export')
    if (!this.#header) {
      if (!isHeader(value)) return this.#broken('not_an_export')
      this.#header = value
      return null
    }
    if (hasKeys(value, ['checkpoint']) && typeof value.checkpoint === 'string') {
      this.#note = value.checkpoint
      return null
    }
    if (hasKeys(value, ['leaf', 'n']) && isHash(value.leaf) && typeof value.n === 'number') return this.#add(value.n, fromHex(value.leaf), null)
    if (!isEntry(value)) return this.#doubtful() ?? this.#broken('not_an_entry')
    if (this.#header.tenant !== null && value.tenant !== this.#header.tenant) return this.#doubtful() ?? this.#broken('other_tenant')
    return this.#add(value.n, linkHash(line, this.#sha256), value)
  }

  async finish(key: VerifierKey, verify: Verify): Promise<ExportVerdict> {
    const header = this.#header
    if (!header) return this.#broken('not_an_export')
    if (this.#note === null) return this.#doubtful() ?? broken('truncated', { n: this.count + 1 })
    const opened = await openCheckpoint(this.#note, key, verify)
    if (!opened.ok) return broken(opened.reason === 'malformed' ? 'checkpoint_malformed' : opened.reason, { line: this.#line })
    const { checkpoint } = opened
    if (checkpoint.origin !== header.origin || checkpoint.origin !== originOf(key.name, header.tenant)) return broken('other_log', { line: this.#line })
    if (this.#doubt) return this.#judgeLast(checkpoint)
    if (this.count < checkpoint.size) return broken('truncated', { n: this.count + 1 })
    if (this.count > checkpoint.size) return broken('more_than_signed', { n: checkpoint.size + 1 })
    if (header.size !== checkpoint.size) return broken('not_an_export', { line: 1 })
    const root = rootOf(this.#frontier, this.#sha256)
    if (!sameBytes(root, checkpoint.root)) return broken('root_differs')
    return this.#extendsSeen(checkpoint) ?? this.#complete(header, checkpoint, root)
  }

  #add(n: number, hash: Uint8Array, entry: ChainEntry | null): ExportVerdict | null {
    const step: Step = { hash, entry, line: this.#line, before: this.#frontier }
    if (this.#doubt) return this.#judge(step)
    if (n !== this.count + 1) return this.#broken('out_of_order', { n: this.count + 1, found: n })
    const expected = this.#last ? toHex(this.#last.hash) : FIRST_PREV
    if (entry && entry.prev !== expected) this.#doubt = { older: this.#last, newer: step }
    this.#frontier = appendLeaf(this.#frontier, hash, this.#sha256).frontier
    this.#last = step
    if (entry) this.#shown += 1
    this.#keepSeenRoot()
    return null
  }

  /** The line after a link that does not hold: if it names the newer entry as it stands, the older one was changed. */
  #judge(next: Step): ExportVerdict {
    const doubt = this.#doubt
    const newerHolds = doubt !== null && next.entry !== null && next.entry.prev === toHex(doubt.newer.hash)
    return newerHolds ? this.#blame(doubt.older) : this.#blame(doubt?.newer ?? null)
  }

  /** The same where the newer entry is the last one: the signed root speaks for one of them. */
  #judgeLast(checkpoint: Checkpoint): ExportVerdict {
    const { older, newer } = this.#doubt ?? { older: null, newer: null }
    if (!older || !newer?.entry || !isHash(newer.entry.prev)) return this.#blame(newer)
    const asNamed = appendLeaf(older.before, fromHex(newer.entry.prev), this.#sha256).frontier
    const root = rootOf(appendLeaf(asNamed, newer.hash, this.#sha256).frontier, this.#sha256)
    return this.#blame(sameBytes(root, checkpoint.root) ? older : newer)
  }

  #doubtful(): ExportVerdict | null {
    return this.#doubt ? this.#blame(this.#doubt.newer) : null
  }

  #blame(step: Step | null): ExportVerdict {
    return broken('entry_changed', step ? { n: step.before.size + 1, line: step.line } : { n: 1, line: 2 })
  }

  #broken(reason: ExportReason, at: Partial<Fault> = {}): ExportVerdict {
    return broken(reason, { line: this.#line, n: this.#header && this.#note === null ? this.count + 1 : null, ...at })
  }

  #keepSeenRoot(): void {
    if (this.#seen?.size === this.count) this.#seenRoot = rootOf(this.#frontier, this.#sha256)
  }

  #extendsSeen(checkpoint: Checkpoint): ExportVerdict | null {
    const seen = this.#seen
    if (!seen) return null
    if (seen.origin !== checkpoint.origin) return broken('seen_refused')
    const extended = this.#seenRoot !== null && sameBytes(this.#seenRoot, seen.root)
    return extended ? null : broken('seen_not_extended', { n: seen.size > checkpoint.size ? checkpoint.size + 1 : null })
  }

  #complete(header: ExportHeader, { origin, size, at }: Checkpoint, root: Uint8Array): ExportVerdict {
    const { tenant } = header
    return { state: 'complete', origin, tenant, size, signedAt: at, root: toHex(root), shown: this.#shown, leftOut: size - this.#shown, extends: this.#seen?.size ?? null }
  }
}

type Fault = { readonly n: number | null; readonly found: number | null; readonly line: number | null }

function broken(reason: ExportReason, at: Partial<Fault> = {}): ExportVerdict {
  return { state: 'broken', reason, n: at.n ?? null, found: at.found ?? null, line: at.line ?? null }
}

/** The value of a line that is exactly the canonical JSON of it: no second spelling of an entry can hide a change. */
function parseLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return canonicalJson(value) === line ? value : undefined
  } catch {
    return undefined
  }
}

function isHeader(value: unknown): value is ExportHeader {
  return (
    hasKeys(value, ['exportedAt', 'filter', 'format', 'origin', 'size', 'tenant']) &&
    value.format === 'countersign.audit.v1' &&
    typeof value.origin === 'string' &&
    (value.tenant === null || typeof value.tenant === 'string') &&
    (value.filter === null || typeof value.filter === 'string') &&
    Number.isSafeInteger(value.size) &&
    Number.isSafeInteger(value.exportedAt)
  )
}
