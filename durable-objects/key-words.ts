import type { GuardEvent, SeatCopy } from './account-words.ts'

/** What KeyGuard and the Worker say to each other. */

/** `requests` per minute; `expiresAt` in epoch milliseconds or null. `carrierId`: whose key it is, where it is not the tenant's own. */
export type KeySetUp = { secretHash: string; seat: SeatCopy; scopes: string[]; requests: number; expiresAt: number | null; carrierId?: string }

/** `refusal`: what a carrier's log is told of calls above the limit, once a minute. The guard writes into it whose key it is (`subject`) and how many they were (`times`). */
export type KeyShown = { secretHash: string; now: number; refusal?: GuardEvent }

export type KeyPresented = { ok: false } | { ok: true; seat: SeatCopy; scopes: string[]; carrierId: string | null; limit: { quota: number; allowed: boolean; remaining: number; resetS: number } }
