import { sealAad, type SealPlace } from './aad.ts'
import { open, seal } from './aead.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import { must, VaultFault } from './fault.ts'
import type { JsonValue, Sealed } from './sealed.ts'

/** One JSON value sealed for one place: one column per row and class, so one call opens all of a row's fields. */
export async function sealJson(key: CryptoKey, place: SealPlace, value: JsonValue): Promise<Sealed> {
  // `as`: this is the one place that makes the brand.
  return (await seal(key, utf8(JSON.stringify(value)), sealAad(place))) as Sealed
}

/** The value sealed for that place. Throws a VaultFault naming the place, never the value. */
export async function openJson(key: CryptoKey, place: SealPlace, sealed: Sealed): Promise<JsonValue> {
  const plaintext = must(await open(key, sealed, sealAad(place)), place)
  try {
    return JSON.parse(fromUtf8(plaintext)) as JsonValue // `as`: JSON.parse makes nothing else
  } catch {
    throw new VaultFault('not_json', place)
  }
}
