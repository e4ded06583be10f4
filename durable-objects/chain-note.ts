import { sameBytes, type Sha256 } from './chain-tree.ts'

/**
 * Signed checkpoints: C2SP tlog-checkpoint (origin, size, root) inside a C2SP signed-note with an Ed25519 signature.
 * Signing and verifying are parameters: WebCrypto in the Worker and the browser, node:crypto in scripts.
 */

/** What is signed: this log had `size` entries under this root at this time. */
export type Checkpoint = {
  /** Which log: `<host>/audit/<tenant>`, or `<host>/audit` for the deployment's own. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Epoch milliseconds, in an extension line `time <ms>`: the form itself has none. */
  readonly at: number
}

/** A public key with the name it signs under. */
export type VerifierKey = { readonly name: string; readonly id: Uint8Array; readonly publicKey: Uint8Array }

/** Signs bytes with Ed25519 (RFC 8032): 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>
/** Verifies an Ed25519 signature under a raw 32-byte public key. */
export type Verify = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => boolean | Promise<boolean>

/** Why a note was not believed. */
export type NoteReason = 'malformed' | 'other_key' | 'bad_signature'
/** The checkpoint of a note, or why there is none. */
export type NoteResult = { readonly ok: true; readonly checkpoint: Checkpoint } | { readonly ok: false; readonly reason: NoteReason }

const encoder = new TextEncoder()
const ED25519 = 0x01 // signature type of C2SP signed-note
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

/** The origin of a tenant's log at a host, or of the deployment's own log when `tenant` is null. */
export function originOf(host: string, tenant: string | null): string {
  return tenant === null ? `${host}/audit` : `${host}/audit/${tenant}`
}

/** The text that is signed, ending in a newline. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${encode(checkpoint.root)}\ntime ${checkpoint.at}\n`
}

/** A checkpoint from exactly the text `formatCheckpoint` writes; null for any other spelling. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin, size, root, at] = /^(\S+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\ntime (0|[1-9][0-9]{0,15})\n$/.exec(text) ?? []
  const bytes = root === undefined ? null : decode(root)
  if (origin === undefined || !bytes) return null
  const checkpoint = { origin, size: Number(size), root: bytes, at: Number(at) }
  const exact = Number.isSafeInteger(checkpoint.size) && Number.isSafeInteger(checkpoint.at)
  return exact ? checkpoint : null
}

/** The verifier key text of C2SP signed-note: `<name>+<key id in hex>+<base64 of 0x01 || public key>`. Safe to publish. */
export function formatVerifierKey(name: string, publicKey: Uint8Array, sha256: Sha256): string {
  const id = keyId(name, publicKey, sha256)
  return `${name}+${[...id].map((byte) => byte.toString(16).padStart(2, '0')).join('')}+${encode(typed(publicKey))}`
}

/** A key from its text; null unless name, key id and key agree. */
export function parseVerifierKey(text: string, sha256: Sha256): VerifierKey | null {
  const [, name, key] = /^([^\s+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const bytes = key === undefined ? null : decode(key)
  if (name === undefined || !bytes || bytes.length !== 33 || bytes[0] !== ED25519) return null
  const publicKey = bytes.slice(1)
  if (formatVerifierKey(name, publicKey, sha256) !== text) return null
  return { name, publicKey, id: keyId(name, publicKey, sha256) }
}

/** A signed note: the checkpoint's text, an empty line, one signature line. */
export async function signCheckpoint(checkpoint: Checkpoint, key: VerifierKey, sign: Sign): Promise<string> {
  const text = formatCheckpoint(checkpoint)
  if (!parseCheckpoint(text)) throw new TypeError('not a checkpoint')
  const signature = await sign(encoder.encode(text))
  return `${text}\n\u2014 ${key.name} ${encode(concat(key.id, signature))}\n`
}

/** The checkpoint of a signed note, if `key` signed it. Signatures by other keys are passed over, as the form demands. */
export async function openCheckpoint(note: string, key: VerifierKey, verify: Verify): Promise<NoteResult> {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || note.length > 10_000) return { ok: false, reason: 'malformed' }
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint) return { ok: false, reason: 'malformed' }
  let signature: Uint8Array | null = null
  for (const line of lines) {
    const [, name, base64] = SIGNATURE_LINE.exec(line) ?? []
    const bytes = base64 === undefined ? null : decode(base64)
    if (!bytes || bytes.length < 5) return { ok: false, reason: 'malformed' }
    if (name !== key.name || !sameBytes(bytes.subarray(0, 4), key.id)) continue
    // Two signatures by one key would leave open which of them was checked.
    if (signature) return { ok: false, reason: 'malformed' }
    signature = bytes.slice(4)
  }
  if (!signature) return { ok: false, reason: 'other_key' }
  const good = signature.length === 64 && (await holds(verify, key, signature, text))
  return good ? { ok: true, checkpoint } : { ok: false, reason: 'bad_signature' }
}

async function holds(verify: Verify, key: VerifierKey, signature: Uint8Array, text: string): Promise<boolean> {
  try {
    return await verify(key.publicKey, signature, encoder.encode(text))
  } catch {
    return false // 32 bytes that are no point of the curve: some platforms throw on them
  }
}

/** Key id of C2SP signed-note: the first 4 bytes of SHA-256(name || LF || 0x01 || public key). */
function keyId(name: string, publicKey: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concat(encoder.encode(`${name}\n`), typed(publicKey))).slice(0, 4)
}

const typed = (publicKey: Uint8Array): Uint8Array => concat(Uint8Array.of(ED25519), publicKey)

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** Bytes of canonical base64, or null. */
function decode(text: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
    return encode(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
