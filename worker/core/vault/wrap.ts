import { versionText } from './aad.ts'
import { lengthPrefixed, type Bytes } from './bytes.ts'
import { KEY_BYTES } from './derive.ts'
import { VaultFault, type VaultResult } from './fault.ts'
import type { Kek, Keks } from './kek.ts'

/** The four roots of a tenant (design §3). */
export const ROOTS = ['seal', 'index', 'token', 'audit'] as const
/** One of the four roots. */
export type RootName = (typeof ROOTS)[number]

/** Which root: no two tenants, roots or versions share one. */
export type RootId = { readonly tenant: string; readonly root: RootName; readonly version: number }

/** A wrapped root as it lies in the KEYS bucket, JSON. */
export type WrappedRoot = {
  readonly format: 'countersign.root.v1'
  /** Version of the KEK that wrapped it. */
  readonly kek: number
  /** base64 of nonce(12) || ciphertext(32) || tag(16). */
  readonly sealed: string
}

const FORMAT = 'countersign.root.v1'

/** A root wrapped under a KEK. AAD = format, tenant, root name, root version, KEK version: a record copied elsewhere fails. */
export async function wrapRoot(kek: Kek, id: RootId, root: Uint8Array): Promise<WrappedRoot> {
  if (root.length !== KEY_BYTES) throw new VaultFault('wrong_size', id)
  return { format: FORMAT, kek: kek.version, sealed: await kek.seal(root, wrapAad(id, kek.version)) }
}

/** The 32 bytes of a wrapped root, if a present KEK opens it in that very place. */
export async function unwrapRoot(keks: Keks, id: RootId, wrapped: WrappedRoot): Promise<VaultResult<Bytes>> {
  const kek = keks.byVersion(wrapped.kek)
  if (!kek) return { ok: false, reason: 'kek_missing' }
  const opened = await kek.open(wrapped.sealed, wrapAad(id, wrapped.kek))
  if (!opened.ok) return { ok: false, reason: 'root_refused' }
  return opened.value.length === KEY_BYTES ? opened : { ok: false, reason: 'wrong_size' }
}

/** A record read back from the bucket. Unknown formats and further fields are refused. */
export function parseWrapped(text: string): VaultResult<WrappedRoot> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'malformed' }
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return { ok: false, reason: 'malformed' }
  const { format, kek, sealed } = value as Record<string, unknown> // an object, checked above
  const known = format === FORMAT && typeof kek === 'number' && Number.isSafeInteger(kek) && kek > 0 && typeof sealed === 'string'
  return known ? { ok: true, value: { format: FORMAT, kek, sealed } } : { ok: false, reason: 'malformed' }
}

function wrapAad(id: RootId, kekVersion: number): Bytes {
  return lengthPrefixed([FORMAT, id.tenant, id.root, versionText(id.version), versionText(kekVersion)])
}
