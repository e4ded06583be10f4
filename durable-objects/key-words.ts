import type { SeatCopy } from './account-words.ts'

/** What KeyGuard and the Worker say to each other. */

/** `requests` per minute; `expiresAt` in epoch milliseconds or null. */
export type KeySetUp = { secretHash: string; seat: SeatCopy; scopes: string[]; requests: number; expiresAt: number | null }

export type KeyPresented = { ok: false } | { ok: true; seat: SeatCopy; scopes: string[]; limit: { quota: number; allowed: boolean; remaining: number; resetS: number } }
