import type { SeatCopy } from './account-words.ts'

/** What HookGuard and the Worker say to each other. */

/** A connection as its organisation's guard holds it. `sealed` is what the vault made of its secrets; `previousUntil` when the older of two ends. */
export type HookConnection = { readonly id: string; readonly sender: string; readonly sealed: string; readonly sealVersion: number; readonly previousUntil: number | null }

/** `false` for a connection that was never made or is revoked: both look the same. */
export type HookPresented =
  | { readonly ok: false }
  | { readonly ok: true; readonly seat: SeatCopy; readonly connection: HookConnection; readonly limit: { readonly allowed: boolean; readonly quota: number; readonly remaining: number; readonly resetS: number } }

/** A key that was made ahead of the call it is for. `salt`: its bytes, where the object still has them; null where only the bucket does. */
export type StockedKey = { readonly id: string; readonly salt: Uint8Array | null }

/** What an organisation's stock of keys wants of the Worker. */
export type KeysAsked = { readonly wanted: number; readonly handed: readonly string[] }

/** A message that was turned away: nothing of it but why, and when. */
export type HookRefused = { readonly connectionId: string; readonly why: string; readonly at: number }
