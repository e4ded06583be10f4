import { open, seal } from './aead.ts'
import { fromBase64, type Bytes } from './bytes.ts'
import { KEY_BYTES } from './derive.ts'
import { VaultFault, type VaultResult } from './fault.ts'

/** A key-encryption key: it wraps roots and nothing else. A KMS is another maker of this type. */
export type Kek = {
  readonly version: number
  seal(plaintext: Uint8Array, aad: Uint8Array): Promise<string>
  open(sealed: string, aad: Uint8Array): Promise<VaultResult<Bytes>>
}

/** The KEKs present: the newest wraps, every one of them unwraps. */
export type Keks = {
  readonly newest: Kek
  readonly versions: readonly number[]
  /** True if any of them is marked `dev:`: such a key must never open a production bucket, and the sandbox takes no other. */
  readonly dev: boolean
  byVersion(version: number): Kek | null
}

const NAME = /^KEK_([1-9][0-9]{0,5})$/
const DEV_MARK = 'dev:'

/**
 * The KEKs among a Worker's secrets: `KEK_1`, `KEK_2`, …, each canonical base64 of 32 bytes, in development with `dev:`
 * before it. Fails closed: none at all is `kek_missing`, one that is malformed or repeated is `kek_malformed`; a Worker
 * that silently went on with the others would wrap new roots under a key about to be withdrawn.
 */
export async function readKeks(env: Readonly<Record<string, unknown>>): Promise<Keks> {
  const keks = new Map<number, Kek>()
  const seen = new Set<string>()
  let dev = false
  for (const [name, secret] of Object.entries(env)) {
    const version = NAME.exec(name)?.[1]
    if (version === undefined) continue
    if (typeof secret !== 'string') throw new VaultFault('kek_malformed')
    const marked = secret.startsWith(DEV_MARK)
    const text = marked ? secret.slice(DEV_MARK.length) : secret
    if (seen.has(text)) throw new VaultFault('kek_malformed')
    seen.add(text)
    dev ||= marked
    keks.set(Number(version), await importKek(Number(version), text))
  }
  const versions = [...keks.keys()].sort((a, b) => a - b)
  const newest = keks.get(versions.at(-1) ?? 0)
  if (!newest) throw new VaultFault('kek_missing')
  return { newest, versions, dev, byVersion: (version) => keks.get(version) ?? null }
}

async function importKek(version: number, text: string): Promise<Kek> {
  const raw = fromBase64(text)
  if (!raw.ok || raw.value.length !== KEY_BYTES) throw new VaultFault('kek_malformed')
  if (raw.value.every((byte) => byte === 0)) throw new VaultFault('kek_malformed') // a placeholder someone forgot to fill
  const key = await crypto.subtle.importKey('raw', raw.value, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { version, seal: (plaintext, aad) => seal(key, plaintext, aad), open: (sealed, aad) => open(key, sealed, aad) }
}
