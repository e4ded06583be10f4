import { randomToken, type SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { Fault, type Failure } from '../failure.ts'
import { originHash, sealOrigin } from '../origin.ts'
import { sha256Hex } from '../vault/digest.ts'
import { sessionOpened } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { refreshSeats } from './seats.ts'

/** How a person got in, and what it proved on the way. */
export type Opening = {
  readonly accountId: string
  readonly how: 'password' | 'passkey' | 'oidc' | 'invitation' | 'sign_up'
  /** Whether a second factor was proven already (a passkey is one). */
  readonly mfa: boolean
  /** The device cookie's id. */
  readonly browser: string
  readonly newDevice: boolean
}

/** Somebody said that a sign-in was not its own: nothing opens this account until its password was set anew. */
export const resetRequired: Failure = {
  code: 'conflict', state: 'password_reset_required',
  detail: 'A sign-in to this account was reported. Set a new password through "Forgot your password?", then sign in.',
}

/**
 * A new session for a person that proved who it is: always a new sid and a new secret (ASVS 7.2.4). The cookie's parts go
 * to whoever called, which hands them to the browser. Throws `locked` while a dispute stands, and `conflict`
 * (`password_reset_required`) after a reported sign-in.
 */
export async function openSession(visit: Visit, opening: Opening): Promise<SessionCookie> {
  const { accountId, how, mfa, browser } = opening
  const { ip, userAgent } = visit.origin
  const seats = await refreshSeats(visit.reach, accountId)
  const session = { accountId, sid: visit.newId('ses'), secret: randomToken(32) }
  const origin = { hash: await originHash(visit.platformVault, { ip, userAgent }), sealed: await sealOrigin(visit.platformVault, accountId, visit.now, { ip, userAgent, reason: null }) }
  const opened = await visit.reach.guards.of(accountId).openSession({
    sid: session.sid,
    secretHash: await sha256Hex(session.secret),
    now: visit.now,
    mfaAt: mfa ? visit.now : null,
    provenAt: visit.now,
    activeTenant: seats[0]?.tenantId ?? null,
    origin,
    browser,
    events: await guardEvents({ ...visit, origin: { ...visit.origin, sealed: origin.sealed } }, accountId, [sessionOpened(accountId, { session: session.sid, how, new_device: opening.newDevice })]),
  })
  if (opened.state === 'locked') throw new Fault({ code: 'locked', until: opened.until })
  if (opened.state === 'must_reset') throw new Fault(resetRequired)
  return session
}
