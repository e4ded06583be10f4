import { sealAad, sealAads, type SealPlace } from './aad.ts'
import { opener, seal } from './aead.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import { must, VaultFault } from './fault.ts'
import type { JsonValue, Sealed } from './sealed.ts'

/** One JSON value sealed for one place: one column per row and class, so one call opens all of a row's fields. */
export async function sealJson(key: CryptoKey, place: SealPlace, value: JsonValue): Promise<Sealed> {
  // `as`: this is the one place that makes the brand.
  return (await seal(key, utf8(JSON.stringify(value)), sealAad(place))) as Sealed
}

/** Opens what was sealed under one key for the rows of one field. Throws a VaultFault naming the place, never the value. */
export function jsonOpener(key: CryptoKey, field: Omit<SealPlace, 'rowId'>): (rowId: string, sealed: Sealed) => Promise<JsonValue> {
  const [open, aadOf] = [opener(key), sealAads(field)]
  return async (rowId, sealed) => {
    const plaintext = must(await open(sealed, aadOf(rowId)), { ...field, rowId })
    try {
      return JSON.parse(fromUtf8(plaintext)) as JsonValue // `as`: JSON.parse makes nothing else
    } catch {
      throw new VaultFault('not_json', { ...field, rowId })
    }
  }
}

/** The value sealed for that place, as `jsonOpener`. */
export const openJson = (key: CryptoKey, place: SealPlace, sealed: Sealed): Promise<JsonValue> => jsonOpener(key, place)(place.rowId, sealed)
