import type { SealPlace } from './aad.ts'
import { blindIndex } from './blind-index.ts'
import { fromBase64, toBase64, utf8, type Bytes } from './bytes.ts'
import { KEY_BYTES } from './derive.ts'
import { VaultFault, isVaultFault } from './fault.ts'
import type { KeyCache } from './key-cache.ts'
import type { Keyring } from './keyring.ts'
import { macSign, macVerify } from './mac.ts'
import { checkGrant, type RevealGrant } from './reveal-grant.ts'
import { SaltedVault } from './salted-vault.ts'
import { createSalt, readSalt } from './salts.ts'
import type { JsonValue, SealableField, SealedCell, SealedRow, SealingRoot } from './sealed.ts'
import { jsonOpener, sealJson } from './sealing.ts'
import type { RootName } from './wrap.ts'

/** What a vault is made of. `versions` are the ones to seal, index and sign with; opening takes the one in the cell. */
export type VaultParts = {
  readonly tenant: string
  readonly versions: Readonly<Record<RootName, number>>
  readonly keyring: Keyring
  readonly cache: KeyCache
  /** Epoch milliseconds of this request. */
  readonly now: number
}

/**
 * One tenant's vault for one request: what a verb is handed as `ctx.vault`. Every failure is a VaultFault; no method
 * returns a part of a value that did not authenticate. `V` is the shape the caller sealed under that field.
 */
export class TenantVault {
  readonly #parts: VaultParts
  /** Keys asked for in this request, so that a list asks for its key once and not once a row. */
  readonly #asked = new Map<string, Promise<CryptoKey>>()

  constructor(parts: VaultParts) {
    this.#parts = parts
  }

  get tenant(): string {
    return this.#parts.tenant
  }

  /** Version of the `seal` root this vault seals with. The fence holds the truth and refuses a commit made with another. */
  get sealVersion(): number {
    return this.#parts.versions.seal
  }

  /** One JSON value of one row and class, sealed. `rowId` must be final: it is authenticated. */
  async seal(field: SealableField, rowId: string, value: JsonValue): Promise<SealedCell> {
    return this.#sealAt(field, rowId, value, this.#parts.versions[field.root ?? 'seal'])
  }

  /** The value of a `contact` or `content` cell. A `secret` does not compile here; see `reveal`. */
  async open<V extends JsonValue = JsonValue>(field: SealableField<'contact' | 'content'>, rowId: string, cell: SealedCell): Promise<V> {
    return (await this.#openAt(notSecret(field), rowId, cell)) as V // `as`: authenticated, so it is what this product sealed there
  }

  /** The values of a list, in its order, with one key per version. Throws if any one row fails: a list never hides tampering. */
  async openMany<V extends JsonValue = JsonValue>(field: SealableField<'contact' | 'content'>, rows: readonly SealedRow[]): Promise<V[]> {
    notSecret(field)
    const versions = [...new Set(rows.map(({ cell }) => cell.sealVersion))]
    const openers = new Map(await Promise.all(versions.map(async (version) => [version, await this.#opener(field, version)] as const)))
    return (await Promise.all(rows.map(({ id, cell }) => openers.get(cell.sealVersion)?.(id, cell.sealed)))) as V[] // `as`: see open; there is one for each version
  }

  /** The value of a `secret` cell, for a verb whose manifest entry says that it reveals this field. */
  async reveal<V extends JsonValue = JsonValue>(grant: RevealGrant, field: SealableField<'secret'>, rowId: string, cell: SealedCell): Promise<V> {
    checkGrant(grant, field.name)
    return (await this.#openAt(field, rowId, cell)) as V // `as`: see open
  }

  /** The same value under another version of its root, for rotation. The value itself does not leave this call. */
  async reseal(field: SealableField, rowId: string, cell: SealedCell, newVersion: number): Promise<SealedCell> {
    return this.#sealAt(field, rowId, await this.#openAt(field, rowId, cell), newVersion)
  }

  /**
   * The blind index of a value already brought to one spelling (`normalise`), for this tenant and column. 22 characters.
   * `version` is for the job that indexes anew; everyone else leaves it out.
   */
  async index(column: string, normalisedValue: string, version: number = this.#parts.versions.index): Promise<string> {
    return blindIndex(await this.#macKey('index', column, version), normalisedValue)
  }

  /** An HMAC under the `token` or `audit` root for one use, base64. Keep `version` with it: it names the key. */
  async sign(root: 'token' | 'audit', use: string, message: string): Promise<{ readonly mac: string; readonly version: number }> {
    const version = this.#parts.versions[root]
    return { mac: toBase64(await macSign(await this.#macKey(root, use, version), utf8(message))), version }
  }

  /** Whether a MAC made by `sign` with that version is right, in constant time. False for anything malformed, a version that never was among it. */
  async verify(root: 'token' | 'audit', use: string, message: string, signed: { readonly mac: string; readonly version: number }): Promise<boolean> {
    const mac = fromBase64(signed.mac)
    const key = mac.ok ? await this.#macKey(root, use, signed.version).catch(noSuchVersion) : null
    return mac.ok && key !== null && macVerify(key, utf8(message), mac.value)
  }

  /** Sealing and opening under one subject's own key. Throws `salt_missing` after its erasure. Lives for one request. */
  async withSalt(kind: string, id: string): Promise<SaltedVault> {
    const salt = await readSalt(this.#parts.keyring.bucket, { tenant: this.tenant, kind, id })
    if (!salt) throw new VaultFault('salt_missing', { tenant: this.tenant, rowId: id })
    return this.#salted(salt)
  }

  /** As `withSalt`, and makes the salt if there is none yet. Call before the first row that depends on it. */
  async withNewSalt(kind: string, id: string): Promise<SaltedVault> {
    return this.#salted(await createSalt(this.#parts.keyring.bucket, { tenant: this.tenant, kind, id }))
  }

  /** As `withNewSalt`, of a salt that was made ahead of its subject. `held`: its bytes, where whoever made it still has them. */
  async withSaltAhead(kind: string, id: string, held: Bytes | null): Promise<SaltedVault> {
    if (held && held.length !== KEY_BYTES) throw new VaultFault('wrong_size', { tenant: this.tenant, rowId: id })
    return held ? this.#salted(held) : this.withNewSalt(kind, id)
  }

  #salted(salt: Bytes): SaltedVault {
    const { cache, keyring, now, tenant } = this.#parts
    const rootKey = (root: SealingRoot, version: number) => this.#once(`root ${root} ${version}`, () => cache.root(keyring, { tenant, root, version }, now))
    return new SaltedVault({ tenant, salt, versions: this.#parts.versions, rootKey })
  }

  async #sealAt(field: SealableField, rowId: string, value: JsonValue, version: number): Promise<SealedCell> {
    const key = await this.#sealKey(field, version)
    return { sealed: await sealJson(key, { ...this.#place(field, version), rowId }, value), sealVersion: version }
  }

  async #openAt(field: SealableField, rowId: string, cell: SealedCell): Promise<JsonValue> {
    return (await this.#opener(field, cell.sealVersion))(rowId, cell.sealed)
  }

  async #opener(field: SealableField, version: number): Promise<ReturnType<typeof jsonOpener>> {
    return jsonOpener(await this.#sealKey(field, version), this.#place(field, version))
  }

  #place(field: SealableField, version: number): Omit<SealPlace, 'rowId'> {
    return { tenant: this.tenant, sealName: field.name, className: field.class, version }
  }

  #sealKey(field: SealableField, version: number): Promise<CryptoKey> {
    const { cache, keyring, now, tenant } = this.#parts
    const root = field.root ?? 'seal'
    const name = { purpose: 'seal', tenant, name: field.name, className: field.class, version } as const
    return this.#once(`seal ${root} ${version} ${field.class} ${field.name}`, () => cache.sealKey(keyring, { tenant, root, version }, now, name))
  }

  #macKey(root: 'index' | 'token' | 'audit', name: string, version: number): Promise<CryptoKey> {
    const { cache, keyring, now, tenant } = this.#parts
    const purpose = root === 'index' ? 'index' : 'mac'
    return this.#once(`mac ${root} ${version} ${name}`, () => cache.macKey(keyring, { tenant, root, version }, now, { purpose, tenant, name, version }))
  }

  #once(slot: string, ask: () => Promise<CryptoKey>): Promise<CryptoKey> {
    const asked = this.#asked.get(slot)
    if (asked) return asked
    const key = ask()
    this.#asked.set(slot, key)
    key.catch(() => this.#asked.delete(slot)) // a failure is not remembered
    return key
  }
}

/** A MAC is somebody's word: one under a key that is not there is wrong, and no fault of ours. */
function noSuchVersion(thrown: unknown): null {
  if (isVaultFault(thrown) && (thrown.reason === 'root_missing' || thrown.reason === 'malformed')) return null
  throw thrown
}

/** The type already refuses a secret; this refuses one that came through a cast. */
function notSecret<F extends SealableField>(field: F): F {
  if (field.class === 'secret') throw new VaultFault('class_refused', { sealName: field.name })
  return field
}
