import canonicalize from 'canonicalize'

import { appendLeaf, EMPTY_FRONTIER, leafHash, type Frontier, type Sha256, type TreeNode } from './chain-tree.ts'

/**
 * One entry of the audit log and how it hangs on the one before. Pure and portable: the chain object writes with it, the
 * scripts and the visitor's browser verify with it.
 */

/** What may stand in an entry's `meta`: numbers, flags, ids and members of closed lists. */
export type EntryMeta = { readonly [key: string]: string | number | boolean | null }

/** An entry before the chain numbers it. Ids and enums only; what identifies a person is sealed apart and only its hash is here. */
export type EntryBody = {
  readonly v: 1
  /** Event id; the chain appends each one exactly once. */
  readonly id: string
  readonly tenant: string
  /** `module.noun.past-tense`. */
  readonly name: string
  readonly subject: string
  readonly actor: { readonly kind: string; readonly id: string; readonly role: string | null }
  /** Epoch milliseconds. */
  readonly at: number
  readonly meta: EntryMeta
  /** SHA-256 (hex) of the sealed personal part, or null. It can be destroyed and the log still verifies. */
  readonly personal: string | null
}

/** An entry in the log: `n` counts from 1 without gaps, `prev` is the hash (hex) of the entry before. */
export type ChainEntry = EntryBody & { readonly n: number; readonly prev: string }

/** Where a chain stands: everything that appending needs. */
export type ChainHead = { readonly frontier: Frontier; readonly prev: string }

/** `prev` of the first entry. */
export const FIRST_PREV = '0'.repeat(64)

/** A chain without entries. */
export const EMPTY_HEAD: ChainHead = { frontier: EMPTY_FRONTIER, prev: FIRST_PREV }

const encoder = new TextEncoder()

/** Canonical JSON (RFC 8785). Throws a TypeError for what JSON cannot say: NaN, lone surrogates, functions, `undefined`. */
export function canonicalJson(value: unknown): string {
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch {
    text = undefined
  }
  if (text === undefined) throw new TypeError('not representable in canonical JSON')
  return text
}

/**
 * The canonical line of an entry. Its keys are known and its texts are ASCII, so plain JSON in the order of the keys is RFC 8785
 * already: both write numbers and texts as ECMAScript does (§3.2.2).
 */
export function entryLine({ actor: { id: actorId, kind, role }, at, id, meta, n, name, personal, prev, subject, tenant, v }: ChainEntry): string {
  const inOrder: Record<string, EntryMeta[string]> = {}
  for (const key of Object.keys(meta).sort()) inOrder[key] = meta[key] ?? null
  return JSON.stringify({ actor: { id: actorId, kind, role }, at, id, meta: inOrder, n, name, personal, prev, subject, tenant, v })
}

/**
 * The hash of an entry from its canonical line: RFC 6962's leaf hash. Link and leaf are one and the same value, so an export
 * that leaves entries out and carries their leaf hashes still shows every link that it can.
 */
export function linkHash(line: string, sha256: Sha256): Uint8Array {
  return leafHash(encoder.encode(line), sha256)
}

/** The next entry of a chain, its canonical line, its hash, the tree nodes it closed, and the head after it. */
export function appendEntry(head: ChainHead, body: EntryBody, sha256: Sha256): { entry: ChainEntry; line: string; hash: Uint8Array; nodes: TreeNode[]; head: ChainHead } {
  const entry: ChainEntry = { ...body, n: head.frontier.size + 1, prev: head.prev }
  if (!isEntry(entry)) throw new TypeError('not an entry')
  const line = entryLine(entry)
  const hash = linkHash(line, sha256)
  const { frontier, nodes } = appendLeaf(head.frontier, hash, sha256)
  return { entry, line, hash, nodes, head: { frontier, prev: toHex(hash) } }
}

const HASH = /^[0-9a-f]{64}$/
// No white space and no control characters: an id, an enum, a digest or a list of names, but no sentence.
const TOKEN = /^[!-~]{0,512}$/
const META_KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const EVENT_NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,3}$/
const ENTRY_KEYS = ['actor', 'at', 'id', 'meta', 'n', 'name', 'personal', 'prev', 'subject', 'tenant', 'v']
const ACTOR_KEYS = ['id', 'kind', 'role']

/** Whether a value has exactly the shape of an entry: no field more, none less, no free text. */
export function isEntry(value: unknown): value is ChainEntry {
  if (!hasKeys(value, ENTRY_KEYS) || !hasKeys(value.actor, ACTOR_KEYS)) return false
  const { actor, meta } = value
  return (
    value.v === 1 &&
    isCount(value.n) && value.n >= 1 &&
    isCount(value.at) &&
    isToken(value.id) && isToken(value.tenant) && isToken(value.subject) &&
    typeof value.name === 'string' && EVENT_NAME.test(value.name) &&
    isToken(actor.kind) && isToken(actor.id) && (actor.role === null || isToken(actor.role)) &&
    isHash(value.prev) && (value.personal === null || isHash(value.personal)) &&
    isMeta(meta)
  )
}

function isMeta(meta: unknown): boolean {
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return false
  return Object.entries(meta).every(
    ([key, value]) => META_KEY.test(key) && (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && TOKEN.test(value))),
  )
}

/** Whether a value is an object with exactly these keys. */
export function hasKeys(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const held = Object.keys(value)
  return held.length === keys.length && keys.every((key) => held.includes(key))
}

const isToken = (value: unknown): value is string => typeof value === 'string' && value !== '' && TOKEN.test(value)
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

/** Whether a value is 32 bytes in lower-case hex. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** Bytes of hex that `isHash` accepted. */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  return bytes
}
