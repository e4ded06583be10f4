import { lengthPrefixed, writeAscii, type Bytes } from './bytes.ts'
import { VaultFault } from './fault.ts'

/** What a ciphertext belongs to. All of it is authenticated, none of it is secret. */
export type SealPlace = {
  readonly tenant: string
  /** A constant of the manifest such as `core.member.contact`; never an SQL name, which a migration may change. */
  readonly sealName: string
  readonly className: string
  readonly rowId: string
  readonly version: number
}

const FORMAT = 'countersign.seal.v1'

/**
 * The additional authenticated data of a sealed value: format, tenant, seal name, class, row id and key version, each as
 * 4-byte big-endian length + UTF-8. This is what makes a ciphertext moved to another row, column or tenant fail to open.
 */
export const sealAad = (place: SealPlace): Bytes => sealAads(place)(place.rowId)

/**
 * As `sealAad`, for many rows of one field: what they share is encoded once, and one row's bytes give way to the next one's
 * where both ids are as long. WebCrypto takes its copy when it is called (§18.4.4); whoever holds on to them makes one.
 */
export function sealAads(field: Omit<SealPlace, 'rowId'>): (rowId: string) => Bytes {
  const { tenant, sealName, className, version } = field
  if (tenant === '' || sealName === '' || className === '') throw new VaultFault('malformed', field)
  const before = lengthPrefixed([FORMAT, tenant, sealName, className])
  const after = lengthPrefixed([versionText(version)])
  let held = { aad: before, length: 0 }
  return (rowId) => {
    if (rowId === '') throw new VaultFault('malformed', { ...field, rowId })
    if (rowId.length === held.length && writeAscii(held.aad, before.length + 4, rowId)) return held.aad
    const aad = lengthPrefixed([rowId], before, after)
    const isAscii = aad.length === before.length + 4 + rowId.length + after.length
    held = { aad, length: isAscii ? rowId.length : 0 }
    return aad
  }
}

/** Decimal spelling of a key version, a positive integer. */
export function versionText(version: number): string {
  if (!Number.isSafeInteger(version) || version < 1) throw new VaultFault('malformed')
  return String(version)
}
