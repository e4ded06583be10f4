import { lengthPrefixed, type Bytes } from './bytes.ts'
import { VaultFault } from './fault.ts'
import { versionText } from './aad.ts'

/** 256-bit roots, keys and salts, in bytes. */
export const KEY_BYTES = 32

/** What a sub-key is for. Two purposes never share a key, even under one root. */
export type KeyPurpose = 'seal' | 'subject' | 'index' | 'mac'

/** Everything that names a sub-key. */
export type SubKeyName = {
  readonly purpose: KeyPurpose
  readonly tenant: string
  /** Seal name, index column, or MAC use. */
  readonly name: string
  /** Class of the sealed value; empty for keys that seal nothing. */
  readonly className?: string
  readonly version: number
}

const FORMAT = 'countersign.key.v1'
// RFC 5869 §2.2: without a salt, HashLen zeros. The root is uniform already, so nothing is lost.
const NO_SALT: Bytes = new Uint8Array(KEY_BYTES)

/** The HKDF `info` of a sub-key: injective over all its parts. */
export function subKeyInfo(name: SubKeyName): Bytes {
  return lengthPrefixed([FORMAT, name.purpose, name.tenant, name.name, name.className ?? '', versionText(name.version)])
}

/** A 256-bit root as a key that can only be derived from. */
export async function importRoot(root: Uint8Array): Promise<CryptoKey> {
  if (root.length !== KEY_BYTES) throw new VaultFault('wrong_size')
  return crypto.subtle.importKey('raw', new Uint8Array(root), 'HKDF', false, ['deriveKey', 'deriveBits'])
}

/** The AES-256-GCM key of one purpose, seal name, class and version under a root. Not extractable. */
export async function deriveSealKey(root: CryptoKey, name: SubKeyName, salt: Bytes = NO_SALT): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(hkdf(salt, subKeyInfo(name)), root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/**
 * The key of one data subject or one call: HKDF over the root with that subject's 32-byte salt. Destroying the salt makes
 * every value under it unreadable, in backups too, while the root goes on serving everyone else.
 */
export async function deriveSubjectKey(root: CryptoKey, salt: Uint8Array, name: Omit<SubKeyName, 'purpose'>): Promise<CryptoKey> {
  if (salt.length !== KEY_BYTES) throw new VaultFault('wrong_size')
  return deriveSealKey(root, { ...name, purpose: 'subject' }, new Uint8Array(salt))
}

/** The HMAC-SHA-256 key of one purpose and name under a root. Not extractable. */
export async function deriveMacKey(root: CryptoKey, name: SubKeyName): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: KEY_BYTES * 8 }
  return crypto.subtle.deriveKey(hkdf(NO_SALT, subKeyInfo(name)), root, algorithm, false, ['sign', 'verify'])
}

/** HKDF-SHA-256 (RFC 5869), `length` bytes. Plain form, for vectors and for callers outside the sealing path. */
export async function hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(new Uint8Array(salt), new Uint8Array(info)), key, length * 8))
}

function hkdf(salt: Bytes, info: Bytes) {
  return { name: 'HKDF', hash: 'SHA-256', salt, info }
}
