import type { AccountCtx } from '../ctx.ts'
import { openOrigin } from '../origin.ts'

/** One of a person's own sessions. IP address and browser are null once they were destroyed. */
export type SessionListed = {
  readonly sid: string
  readonly current: boolean
  readonly openedAt: number
  readonly seenAt: number
  readonly secondFactor: boolean
  readonly ip: string | null
  readonly userAgent: string | null
}

/** A person's living sessions, this one first, then the one seen last (CIQ-48, SPO-98). */
export async function listSessions(account: AccountCtx): Promise<SessionListed[]> {
  const rows = await account.reach.guards.of(account.accountId).listSessions(account.now)
  const sessions = await Promise.all(
    rows.map(async ({ sid, openedAt, seenAt, mfaAt, origin }) => {
      const from = origin && (await openOrigin(account.platformVault, origin.sealed))
      return { sid, current: sid === account.session.sid, openedAt, seenAt, secondFactor: mfaAt !== null, ip: from?.ip ?? null, userAgent: from?.userAgent ?? null }
    }),
  )
  return sessions.toSorted((a, b) => Number(b.current) - Number(a.current))
}
