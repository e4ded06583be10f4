import { idFrom } from './audit-id.ts'
import { NodeStore, sha256 } from './audit-nodes.ts'
import { readHead } from './audit-append.ts'
import type { LogStatus, SignedCheckpoint } from './audit-words.ts'
import { toHex } from './chain-link.ts'
import { formatCheckpoint, originOf, parseCheckpoint, type Checkpoint } from './chain-note.ts'
import { sameBytes } from './chain-tree.ts'
import { verifyEntries } from './audit-verifying.ts'
import type { VerbsPort } from './verbs-port.ts'

/** Entries in one object of the bucket, at most. */
const SEGMENT = 5_000
/** R2 spells "only if there is none yet" as an ETag that matches nothing. */
const ABSENT = { etagDoesNotMatch: '*' } as const

/** Where entries and checkpoints lie in the bucket. Numbers are padded so that the bucket lists them in order. */
export const segmentKey = (log: string, from: number, to: number): string => `entries/${log}/${padded(from)}-${padded(to)}.ndjson`
export const checkpointKey = (log: string, size: number): string => `${checkpointPrefix(log)}${padded(size)}`
const checkpointPrefix = (log: string): string => `checkpoints/${log}/`
const padded = (n: number): string => String(n).padStart(16, '0')

/** What signing needs from around the object. */
export type SigningParts = { readonly sql: SqlStorage; readonly bucket: R2Bucket; readonly verbs: VerbsPort; readonly log: string; readonly host: string }

/**
 * Stores what is new in the bucket, reads it back, and signs a checkpoint of the log as it stands. Never signs for a log that
 * is smaller than, or another than, what the bucket says was signed before. One call at a time (the object queues them);
 * safe to repeat after a crash between any two steps.
 */
export async function signCheckpoint(parts: SigningParts, now: number): Promise<SignedCheckpoint | null> {
  const { sql } = parts
  const size = readHead(sql).frontier.size
  if (size === 0) return null
  const refusal = await adoptFromBucket(parts)
  if (refusal) return refuse(sql, refusal)
  if (verifyEntries(sql).brokenAt !== null) return refuse(sql, 'broken')
  const last = newestCheckpoint(sql)
  if (last && last.size >= size) return last
  if (!(await storeSegments(parts, size))) return refuse(sql, 'bucket')
  const root = new NodeStore(sql).rootAt(size)
  const checkpoint: Checkpoint = { origin: originOf(parts.host, parts.log === 'platform' ? null : parts.log), size, root, at: now }
  const note = await storeNote(parts, checkpoint, await parts.verbs.signNote(formatCheckpoint(checkpoint)))
  return note === null ? refuse(sql, 'bucket') : record(sql, note, checkpoint)
}

/** The newest checkpoint this object knows of. */
export function newestCheckpoint(sql: SqlStorage): SignedCheckpoint | null {
  return checkpoints(sql, 'ORDER BY seq DESC LIMIT 1')[0] ?? null
}

/** Checkpoints after the `seq`-th, oldest first. */
export const checkpointsAfter = (sql: SqlStorage, seq: number): SignedCheckpoint[] => checkpoints(sql, 'WHERE seq > ? ORDER BY seq LIMIT 100', seq)

/**
 * Reads what lies in the bucket beyond the newest checkpoint known here. One that was signed by us and fits our own tree was
 * left by a crash and is taken over; one that does not fit means that this object was put back or replaced.
 */
async function adoptFromBucket({ sql, bucket, verbs, log }: SigningParts): Promise<LogStatus['refusal']> {
  const size = readHead(sql).frontier.size
  let after = checkpointKey(log, newestCheckpoint(sql)?.size ?? 0)
  for (;;) {
    const page = await bucket.list({ prefix: checkpointPrefix(log), startAfter: after })
    for (const { key } of page.objects) {
      after = key
      const note = await (await bucket.get(key))?.text()
      const text = note === undefined ? null : await verbs.openNote(note)
      const checkpoint = text === null ? null : parseCheckpoint(text)
      if (note === undefined || !checkpoint) continue // nobody signed it: it proves nothing
      if (checkpoint.size > size) return 'smaller'
      if (!sameBytes(new NodeStore(sql).rootAt(checkpoint.size), checkpoint.root)) return 'inconsistent'
      if (checkpoint.size > (newestCheckpoint(sql)?.size ?? 0)) record(sql, note, checkpoint)
    }
    if (!page.truncated) return null
  }
}

/** Entries that no object holds yet, in objects of their own, each read back. False when the bucket holds something else there. */
async function storeSegments({ sql, bucket, log }: SigningParts, size: number): Promise<boolean> {
  const [end] = sql.exec<{ n: number | null }>('SELECT max(to_n) AS n FROM segments')
  for (let from = (end?.n ?? 0) + 1; from <= size; from += SEGMENT) {
    sql.exec("INSERT INTO segments (from_n, to_n, state) VALUES (?, ?, 'planned')", from, Math.min(from + SEGMENT - 1, size))
  }
  for (const { from_n, to_n } of sql.exec<{ from_n: number; to_n: number }>("SELECT from_n, to_n FROM segments WHERE state = 'planned' ORDER BY from_n").toArray()) {
    const lines = sql.exec<{ line: string }>('SELECT line FROM entries WHERE n BETWEEN ? AND ? ORDER BY n', from_n, to_n).toArray()
    const text = lines.map(({ line }) => `${line}\n`).join('')
    if ((await putOnce(bucket, segmentKey(log, from_n, to_n), text)) !== text) return false
    sql.exec("UPDATE segments SET state = 'stored' WHERE from_n = ?", from_n)
  }
  return true
}

/** The note as it now lies in the bucket: ours, or the one of an attempt that crashed before it could be recorded. */
async function storeNote({ bucket, verbs, log }: SigningParts, checkpoint: Checkpoint, note: string): Promise<string | null> {
  const held = await putOnce(bucket, checkpointKey(log, checkpoint.size), note)
  if (held === note) return note
  const text = held === null ? null : await verbs.openNote(held)
  const earlier = text === null ? null : parseCheckpoint(text)
  return earlier && earlier.size === checkpoint.size && sameBytes(earlier.root, checkpoint.root) ? held : null
}

async function putOnce(bucket: R2Bucket, key: string, text: string): Promise<string | null> {
  await bucket.put(key, text, { onlyIf: ABSENT })
  return (await (await bucket.get(key))?.text()) ?? null
}

function record(sql: SqlStorage, note: string, checkpoint: Checkpoint): SignedCheckpoint {
  const { seq } = sql.exec<{ seq: number }>('SELECT COALESCE(max(seq), 0) + 1 AS seq FROM checkpoints').one()
  const at = parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))?.at ?? checkpoint.at
  const signed = { seq, id: idFrom(sha256(new TextEncoder().encode(note)), at), size: checkpoint.size, root: toHex(checkpoint.root), at, note }
  sql.exec('INSERT INTO checkpoints (seq, id, size, root, at, note) VALUES (?, ?, ?, ?, ?, ?)', seq, signed.id, signed.size, signed.root, at, note)
  sql.exec('UPDATE floor SET refusal = NULL')
  return signed
}

function refuse(sql: SqlStorage, refusal: LogStatus['refusal']): null {
  sql.exec('UPDATE floor SET refusal = ?', refusal)
  return null
}

function checkpoints(sql: SqlStorage, rest: string, ...args: number[]): SignedCheckpoint[] {
  return sql.exec<SignedCheckpoint>(`SELECT seq, id, size, root, at, note FROM checkpoints ${rest}`, ...args).toArray()
}
