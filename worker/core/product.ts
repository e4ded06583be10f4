import type { TrustView } from './trust/read-trust.ts'

/** The product as a whole, as its own pages show it. Made by the wiring, which alone knows every module. */
export type Product = {
  /** The trust page as data, read now. */
  readonly trust: () => Promise<TrustView>
  /** Every event that is declared, with its sentence. */
  readonly events: () => readonly { readonly name: string; readonly says: string }[]
  /** Every mail and webhook that may be queued, with what it is. */
  readonly mails: () => readonly { readonly name: string; readonly says: string }[]
  /** The OpenAPI 3.1 document of the tenant's own API, and that of the carriers'. */
  readonly openApi: () => Record<string, unknown>
  readonly carrierOpenApi: () => Record<string, unknown>
}
