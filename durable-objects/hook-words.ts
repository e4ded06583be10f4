import type { SeatCopy } from './account-words.ts'

/** What HookGuard and the Worker say to each other. */

/** A connection as its organisation's guard holds it. `sealed` is what the vault made of its secrets; `previousUntil` when the older of two ends. */
export type HookConnection = { readonly id: string; readonly sender: string; readonly sealed: string; readonly sealVersion: number; readonly previousUntil: number | null }

/** `false` for a connection that was never made or is revoked: both look the same. */
export type HookPresented =
  | { readonly ok: false }
  | { readonly ok: true; readonly seat: SeatCopy; readonly connection: HookConnection; readonly limit: { readonly allowed: boolean; readonly quota: number; readonly remaining: number; readonly resetS: number } }

/** A message that was turned away: nothing of it but why, and when. */
export type HookRefused = { readonly connectionId: string; readonly why: string; readonly at: number }
