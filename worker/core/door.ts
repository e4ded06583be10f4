import type { Present, Presented, SeatCopy } from '../../durable-objects/account-words.ts'
import { outboxRows } from './commit.ts'
import { randomToken, type SessionCookie } from './cookies.ts'
import type { AccountCtx, Actor, Ctx, Origin, Visit } from './ctx.ts'
import { Fault, isFault, rateLimitFields, type RateLimitState } from './failure.ts'
import { withHeaders } from './headers.ts'
import { newId } from './id.ts'
import { roles } from './module.ts'
import { originHash, sealOrigin } from './origin.ts'
import { PLATFORM, type Reach } from './reach.ts'
import { Threshold } from './threshold.ts'
import { atSeat } from './rerun.ts'
import { recorderOf, tenantCtx } from './tenant-ctx.ts'
import { findSeat, policyOf } from './tenancy/find-seat.ts'
import type { Policy } from './tenancy/contract.ts'
import { sha256Hex } from './vault/digest.ts'

/** What the entry hands to the door with each request. */
export type DoorParts = {
  readonly request: Request
  /** The request's address, where somebody read it already. */
  readonly url?: URL
  readonly reach: Reach
  /** Epoch milliseconds; the sandbox's clock runs ahead. */
  readonly now: number
  readonly later: (work: () => Promise<unknown>) => void
  /** Wakes the core verb that drains what was just committed. */
  readonly wakeDrain: (tenantId: string) => Promise<unknown>
  /** A form whose route reads it as it streams in: its token is owed until the route has found it (see `acceptToken`). */
  readonly formStreams?: boolean
}

type Signed = Extract<Presented, { ok: true }>
type Whence = { readonly ip: string; readonly userAgent: string }
type SignedIn = { readonly cookie: SessionCookie; readonly presented: Signed }

/**
 * The one door. Pages, API and webhooks open it and call the same verbs with the same ctx; no check lives in one face only.
 * It reads cookies and the form once, refuses what no session stands behind, and never wakes an object for a cookie whose
 * MAC is wrong.
 */
export class Door extends Threshold {
  readonly request: Request
  readonly url: URL
  readonly now: number
  readonly reach: Reach
  readonly #parts: DoorParts
  #signedIn: Promise<SignedIn | null> | null = null
  #policy: Policy | null = null
  #limit: RateLimitState | null = null
  readonly #also: Record<string, string> = {}
  #nonce = ''
  #cameFrom: Whence | null = null

  constructor(parts: DoorParts) {
    const { request, reach } = parts
    super({ request, signer: reach.signer, origin: reach.env.ORIGIN, formStreams: parts.formStreams ?? false })
    this.#parts = parts
    this.request = request
    this.url = parts.url ?? new URL(request.url)
    this.now = parts.now
    this.reach = reach
  }

  /** Lets the scripts of this answer's page run; an answer that nobody asked it for is no page, and runs none. */
  get nonce(): string {
    this.#nonce ||= randomToken(18)
    return this.#nonce
  }

  /** What anybody gets: clock, directory, the deployment's vault. */
  visit(): Visit {
    const { reach, now, later } = this.#parts
    const platformVault = reach.vault(PLATFORM, 1, now)
    const origin: Origin = { sealed: null, ...this.#whence() }
    const visit: Visit = {
      now,
      origin,
      reach,
      directory: reach.directory,
      platformVault,
      later,
      newId: (prefix) => newId(prefix, now),
      commitDirectory: async (writes, events, actor = { kind: 'visitor', id: 'anonymous', role: null }) => {
        await reach.directory.write(writes, await outboxRows(recorderOf(PLATFORM, actor, visit), [events].flat()))
        later(() => this.#parts.wakeDrain(PLATFORM))
      },
    }
    return visit
  }

  /** The signed-in person, or null. Asks the guard once per request. */
  async maybeAccount(): Promise<AccountCtx | null> {
    this.#signedIn ??= this.#present()
    const signedIn = await this.#signedIn
    return signedIn && this.#accountCtx(signedIn)
  }

  /** The signed-in person with every factor it owes. */
  async account(options: { halfSignedIn?: boolean } = {}): Promise<AccountCtx> {
    const account = await this.maybeAccount()
    if (!account) throw new Fault({ code: 'unauthenticated' })
    const { mfaEnrolled } = (await this.#mustBeSignedIn()).presented
    if (mfaEnrolled && account.session.mfaAt === null && !options.halfSignedIn) throw new Fault({ code: 'mfa_required' })
    return account
  }

  /** The tenants the person may switch to, as the guard remembers them, and which one is active. */
  async seats(): Promise<{ seats: readonly SeatCopy[]; active: SeatCopy | null; signedIn: Signed }> {
    const { presented } = await this.#mustBeSignedIn()
    const active = presented.seats.find((seat) => seat.tenantId === presented.session.activeTenant) ?? presented.seats[0] ?? null
    return { seats: presented.seats, active, signedIn: presented }
  }

  /**
   * Run a verb in the session's active tenant. The tenant comes from the session only; nothing in the request can name
   * another. When the fence says that what the door knew is old (moved, resealed, role or policy changed), the door asks
   * where things stand and runs the verb once more: a verb has no effect before its one commit.
   */
  async tenant<T>(verb: (ctx: Ctx) => Promise<T>): Promise<T> {
    const account = await this.account()
    const { active, signedIn } = await this.seats()
    if (!active) throw new Fault({ code: 'not_found' })
    // Another tab has switched since this form was drawn: what was meant for one tenant must not land in another.
    if (this.seenTenant !== null && this.seenTenant !== active.tenantId) throw new Fault({ code: 'conflict', state: 'tenant_switched', detail: 'You have switched to another tenant since this page was opened. Nothing was done. Switch back, or open the page again here.' })
    try {
      return await atSeat(
        active,
        () => findSeat(this.reach, account.accountId, active.tenantId),
        (seat) => this.#memberCtx(account, seat, signedIn),
        verb,
      )
    } catch (thrown) {
      // The tenant took no session as old as this one: with its cookie the sign-in page would only lead back here.
      if (isFault(thrown) && thrown.failure.code === 'unauthenticated') this.dropSession()
      throw thrown
    }
  }

  /** Our headers and cookies on whatever was answered. */
  finish(response: Response, immutable = false): Response {
    const limit = this.#limit && !response.headers.has('RateLimit') ? rateLimitFields(this.#limit) : {}
    return withHeaders(response, { nonce: this.#nonce, frame: this.#policy?.['headers.frame'] ?? 'deny', immutable }, { ...limit, ...this.#also }, this.cookiesOut)
  }

  /** Wakes, a little later, the verb that drains what was committed here. */
  wakeDrain(tenantId: string): Promise<unknown> {
    return this.#parts.wakeDrain(tenantId)
  }

  /** Headers that belong to a refusal answered as a page: a framework that renders it keeps only its status. */
  also(headers: Readonly<Record<string, string>>): void {
    Object.assign(this.#also, headers)
  }

  /** Told by whoever else counted (an API key, a family limit), so that the answer carries the tightest fields. */
  counted(limit: RateLimitState): void {
    if (!this.#limit || limit.remaining < this.#limit.remaining) this.#limit = limit
  }

  #whence(): Whence {
    // Only Cloudflare's own header: X-Forwarded-For is whatever the client wrote (ASVS 4.1.3).
    this.#cameFrom ??= { ip: this.request.headers.get('CF-Connecting-IP') ?? '127.0.0.1', userAgent: (this.request.headers.get('User-Agent') ?? '').slice(0, 300) }
    return this.#cameFrom
  }

  async #present(): Promise<SignedIn | null> {
    if (this.owesToken) throw new Fault({ code: 'csrf' })
    const cookie = await this.reach.signer.readSession(this.cookie('session'))
    if (!cookie) return null
    const asked = { sid: cookie.sid, secretHash: await sha256Hex(cookie.secret), now: this.now }
    const first = await this.reach.guards.of(cookie.accountId).present({ ...asked, nextSecretHash: null, counts: true })
    const nextSecret = first.ok && first.rotationDue ? randomToken(32) : ''
    const presented = nextSecret === '' ? first : await this.#rotate(cookie, { ...asked, nextSecretHash: await sha256Hex(nextSecret), counts: false }, first)
    if (!presented.ok) {
      this.dropSession()
      return null
    }
    this.#limit = { policy: 'person', quota: presented.terms.requests, windowS: 60, remaining: presented.limit.remaining, resetS: presented.limit.resetS }
    // Before anything is refused: the guard knows the new secret already, and the old one only for a minute more.
    if (presented.rotated) await this.giveSession({ ...cookie, secret: nextSecret })
    if (!presented.limit.allowed) throw new Fault({ code: 'rate_limited', retryAfterS: presented.limit.resetS, limit: this.#limit })
    return { cookie, presented: { ...presented, origin: await this.#origin(cookie, presented) } }
  }

  /** Once a day or so: of several requests at once one is told that the secret has become the next one. Counted was the first call. */
  async #rotate({ accountId }: SessionCookie, asked: Present, first: Presented): Promise<Presented> {
    const presented = await this.reach.guards.of(accountId).present(asked)
    return presented.ok && first.ok ? { ...presented, limit: first.limit } : presented
  }

  /** The session's sealed origin; sealed anew, once, when the person turns up from somewhere else. */
  async #origin({ accountId, sid }: SessionCookie, presented: Signed): Promise<Signed['origin']> {
    const { platformVault } = this.visit()
    const whence = this.#whence()
    const hash = await originHash(platformVault, whence)
    if (hash === presented.origin.hash) return presented.origin
    const origin = { hash, sealed: await sealOrigin(platformVault, accountId, this.now, { ...whence, reason: null }) }
    await this.reach.guards.of(accountId).moveSession({ sid, origin, now: this.now })
    return origin
  }

  async #mustBeSignedIn(): Promise<SignedIn> {
    this.#signedIn ??= this.#present()
    const signedIn = await this.#signedIn
    if (!signedIn) throw new Fault({ code: 'unauthenticated' })
    return signedIn
  }

  #accountCtx({ cookie, presented }: SignedIn): AccountCtx {
    const visit = this.visit()
    const { activeTenant: _, ...session } = presented.session
    return {
      ...visit,
      origin: { ...visit.origin, sealed: presented.origin.sealed },
      accountId: cookie.accountId,
      session,
      eventActor: { kind: 'account', id: cookie.accountId, role: null },
    }
  }

  #memberCtx(account: AccountCtx, seat: SeatCopy, presented: Signed): Ctx {
    const role = roles.find((each) => each === seat.role)
    if (!role) throw new Fault({ code: 'not_found' })
    const policy = policyOf(seat.preset, seat.policy)
    if (policy['mfa.mode'] === 'required' && !presented.mfaEnrolled) throw new Fault({ code: 'mfa_enrolment_required' })
    return this.ctxAt(account, seat, policy, { kind: 'member', accountId: account.accountId, memberId: seat.memberId, role, session: account.session })
  }

  /** A ctx at a seat that somebody already found: the session's, or an API key's. */
  ctxAt(visit: Visit, seat: SeatCopy, policy: Policy, actor: Actor): Ctx {
    this.#policy = policy
    this.#demandTls(policy)
    return tenantCtx(visit, seat, policy, actor, this.#parts.wakeDrain)
  }

  #demandTls(policy: Policy): void {
    if (policy['tls.min'] !== '1.3' || this.url.protocol !== 'https:') return
    const spoken = this.request.cf?.tlsVersion
    if (typeof spoken === 'string' && spoken !== 'TLSv1.3') throw new Fault({ code: 'tls_too_old', need: 'TLS 1.3' })
  }
}
