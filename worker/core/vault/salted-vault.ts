import type { SealPlace } from './aad.ts'
import type { Bytes } from './bytes.ts'
import { deriveSubjectKey } from './derive.ts'
import { VaultFault } from './fault.ts'
import { checkGrant, type RevealGrant } from './reveal-grant.ts'
import type { JsonValue, SealableField, SealedCell, SealingRoot } from './sealed.ts'
import { openJson, sealJson } from './sealing.ts'

/** What a salted vault is made of. */
export type SaltedParts = {
  readonly tenant: string
  readonly salt: Bytes
  readonly versions: Readonly<Record<SealingRoot, number>>
  /** A root, possibly cached; keys derived with the salt never are. */
  readonly rootKey: (root: SealingRoot, version: number) => Promise<CryptoKey>
}

/** Sealing under the key of one subject, call or document: the root is not enough to open it, nor is the salt. */
export class SaltedVault {
  readonly #parts: SaltedParts

  constructor(parts: SaltedParts) {
    this.#parts = parts
  }

  /** As TenantVault.seal, under this subject's key. */
  async seal(field: SealableField, rowId: string, value: JsonValue): Promise<SealedCell> {
    return this.#sealAt(field, rowId, value, this.#parts.versions[field.root ?? 'seal'])
  }

  /** As TenantVault.open, under this subject's key. There is no openMany: salted values are never opened on lists. */
  async open<V extends JsonValue = JsonValue>(field: SealableField<'contact' | 'content'>, rowId: string, cell: SealedCell): Promise<V> {
    // The type already refuses a secret; this refuses one that came through a cast.
    if ((field.class as string) === 'secret') throw new VaultFault('class_refused', { sealName: field.name })
    return (await this.#openAt(field, rowId, cell)) as V // `as`: authenticated, so it is what this product sealed there
  }

  /** As TenantVault.reveal, under this subject's key. */
  async reveal<V extends JsonValue = JsonValue>(grant: RevealGrant, field: SealableField<'secret'>, rowId: string, cell: SealedCell): Promise<V> {
    checkGrant(grant, field.name)
    return (await this.#openAt(field, rowId, cell)) as V // `as`: see open
  }

  /** As TenantVault.reseal, under this subject's key. */
  async reseal(field: SealableField, rowId: string, cell: SealedCell, newVersion: number): Promise<SealedCell> {
    return this.#sealAt(field, rowId, await this.#openAt(field, rowId, cell), newVersion)
  }

  async #sealAt(field: SealableField, rowId: string, value: JsonValue, version: number): Promise<SealedCell> {
    const sealed = await sealJson(await this.#key(field, version), this.#place(field, rowId, version), value)
    return { sealed, sealVersion: version }
  }

  async #openAt(field: SealableField, rowId: string, cell: SealedCell): Promise<JsonValue> {
    return openJson(await this.#key(field, cell.sealVersion), this.#place(field, rowId, cell.sealVersion), cell.sealed)
  }

  async #key(field: SealableField, version: number): Promise<CryptoKey> {
    const { rootKey, salt, tenant } = this.#parts
    return deriveSubjectKey(await rootKey(field.root ?? 'seal', version), salt, { tenant, name: field.name, className: field.class, version })
  }

  #place(field: SealableField, rowId: string, version: number): SealPlace {
    return { tenant: this.#parts.tenant, sealName: field.name, className: field.class, rowId, version }
  }
}
