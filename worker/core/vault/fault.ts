/** Every way a key or a sealed value can be refused. For logs and alerts; a client never sees which one it was. */
export type VaultReason =
  | 'malformed' // not base64 text, or an argument that could stand for two things
  | 'not_canonical' // decodes, but is not the one spelling of those bytes
  | 'wrong_size'
  | 'not_authentic' // wrong key, row, tenant, class, version, or a changed bit: GCM cannot say which
  | 'wrong_key_kind' // the key is not AES-GCM with 256 bits
  | 'not_json'
  | 'class_refused' // a secret opened without a reveal grant, or a class where it does not belong
  | 'kek_missing'
  | 'kek_malformed'
  | 'root_missing'
  | 'root_refused' // a wrapped root that no present KEK opens
  | 'key_store' // the bucket did not hold what was just written, or still held what was just destroyed
  | 'salt_missing' // never made, or destroyed: the erasure itself
  | 'truncated' // a document that ends before its last chunk
  | 'wrong_length' // a document whose length is not the one its row names

/** Where it happened: ids and constants only, never a value or a key. */
export type VaultPlace = {
  readonly tenant?: string
  readonly sealName?: string
  readonly rowId?: string
  readonly version?: number
}

export type VaultResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: VaultReason }

// Symbol.for, not instanceof: the page bundle and the worker bundle may each hold a copy of the class.
const brand = Symbol.for('countersign.vault-fault')

/**
 * The vault refuses. `reason` and `place` are for the log; the message is the same for every reason, so that an
 * error that escapes unmapped tells an attacker nothing (no padding or key oracle through wording).
 */
export class VaultFault extends Error {
  readonly [brand] = true
  readonly reason: VaultReason
  readonly place: VaultPlace

  constructor(reason: VaultReason, place: VaultPlace = {}) {
    super('The vault refused.')
    this.name = 'VaultFault'
    this.reason = reason
    this.place = place
  }
}

/** True for a VaultFault from any copy of this module. */
export function isVaultFault(value: unknown): value is VaultFault {
  return typeof value === 'object' && value !== null && brand in value
}

/** The value of a result, or a throw of its reason at `place`. */
export function must<T>(result: VaultResult<T>, place: VaultPlace = {}): T {
  if (!result.ok) throw new VaultFault(result.reason, place)
  return result.value
}
