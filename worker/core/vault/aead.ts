import { fromBase64, own, toBase64, type Bytes } from './bytes.ts'
import { VaultFault, type VaultReason, type VaultResult } from './fault.ts'

/** 96-bit nonce: the one size GCM takes as it is (NIST SP 800-38D §5.2.1.1). WebCrypto in workerd would take 1 byte. */
export const NONCE_BYTES = 12
/** 128-bit tag: the full one (SP 800-38D §5.2.1.2). WebCrypto would take 32 bits. */
export const TAG_BYTES = 16
/** What sealing adds to a plaintext, in bytes. */
export const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES

/** AES-256-GCM under a fresh random nonce. Returns canonical base64 of nonce(12) || ciphertext || tag(16). */
export async function seal(key: CryptoKey, plaintext: Uint8Array, aad: Uint8Array): Promise<string> {
  return toBase64(await sealBytes(key, plaintext, aad))
}

/** The plaintext of what `seal` returned under the same key and AAD. Anything else is a reason, never a throw. */
export const open = (key: CryptoKey, sealed: string, aad: Uint8Array): Promise<VaultResult<Bytes>> => opener(key)(sealed, aad)

/** As `open`, for many values under one key: the key is looked at once, which costs as much as opening one. */
export function opener(key: CryptoKey): (sealed: string, aad: Uint8Array) => Promise<VaultResult<Bytes>> {
  const refused = refusedKey(key)
  return (sealed, aad) => {
    const bytes: VaultResult<Bytes> = refused ? { ok: false, reason: refused } : fromBase64(sealed)
    return bytes.ok ? decrypted(key, bytes.value, aad) : Promise.resolve(bytes)
  }
}

/** As `seal`, raw: nonce(12) || ciphertext || tag(16). There is no way to choose the nonce, so none can be repeated by hand. */
export async function sealBytes(key: CryptoKey, plaintext: Uint8Array, aad: Uint8Array): Promise<Bytes> {
  const refused = refusedKey(key)
  if (refused) throw new VaultFault(refused)
  const out = new Uint8Array(OVERHEAD_BYTES + plaintext.length)
  const nonce = crypto.getRandomValues(out.subarray(0, NONCE_BYTES))
  out.set(new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, aad), key, own(plaintext))), NONCE_BYTES)
  return out
}

/** As `open`, raw. */
export async function openBytes(key: CryptoKey, sealed: Uint8Array, aad: Uint8Array): Promise<VaultResult<Bytes>> {
  const refused = refusedKey(key)
  return refused ? { ok: false, reason: refused } : decrypted(key, sealed, aad)
}

async function decrypted(key: CryptoKey, sealed: Uint8Array, aad: Uint8Array): Promise<VaultResult<Bytes>> {
  if (sealed.length < OVERHEAD_BYTES) return { ok: false, reason: 'wrong_size' }
  const nonce = sealed.subarray(0, NONCE_BYTES)
  try {
    const plaintext = await crypto.subtle.decrypt(gcm(nonce, aad), key, own(sealed.subarray(NONCE_BYTES)))
    return { ok: true, value: new Uint8Array(plaintext) }
  } catch {
    return { ok: false, reason: 'not_authentic' }
  }
}

function gcm(iv: Uint8Array, additionalData: Uint8Array) {
  return { name: 'AES-GCM', iv: own(iv), additionalData: own(additionalData), tagLength: TAG_BYTES * 8 }
}

/** Nothing weaker slips in: a 128-bit key or a CBC key is refused before it touches data. */
function refusedKey(key: CryptoKey): VaultReason | null {
  // The two sets of declarations in play disagree on KeyAlgorithm; for an AES key it has `length` (WebCrypto §27.4).
  const algorithm = key.algorithm as { name: string; length?: number }
  return algorithm.name === 'AES-GCM' && algorithm.length === 256 ? null : 'wrong_key_kind'
}
