import { env, exports } from 'cloudflare:workers'
import { wake } from '../../worker/wake.ts'
import { cookieNames, CookieSigner, randomToken } from '../../worker/core/cookies.ts'
import type { AccountCtx, Ctx } from '../../worker/core/ctx.ts'
import { Door } from '../../worker/core/door.ts'
import type { Env } from '../../worker/core/env.ts'
import { isFault, type Failure } from '../../worker/core/failure.ts'
import { newId } from '../../worker/core/id.ts'
import { newIsolate, reachOf, type Reach } from '../../worker/core/reach.ts'
import { originHash, sealOrigin } from '../../worker/core/origin.ts'
import { PLATFORM } from '../../worker/core/reach.ts'
import { sha256Hex } from '../../worker/core/vault/digest.ts'
import { cheapHashes } from './cheap-hashes.ts'
import { testClock } from './clock.ts'
import type { Proved } from '../../durable-objects/factor-words.ts'
import type { Seated, TestTenant } from './tenant-words.ts'

/** The bindings of the Worker under test. */
export const bindings = env as unknown as Env // `as`: wrangler.test.toml has the product's bindings, held by an architecture test
export const isolate = newIsolate(cheapHashes())
/** What the Worker under test can reach. */
export const reachNow = (): Promise<Reach> => reachOf(bindings, isolate)
/** The one origin the Worker believes it is reached at. */
export const ORIGIN = bindings.ORIGIN

const ADDRESS = '203.0.113.7'
const BROWSER = 'a test'

/** Work begun beside a request, waited for so that a test sees its effect. */
class Beside {
  readonly #works: Promise<unknown>[] = []
  readonly later = (work: () => Promise<unknown>): void => void this.#works.push(work())
  /** As in production, what fails here fails nothing else. */
  async settled(): Promise<void> {
    for (const work of this.#works) await work.catch(() => undefined)
  }
}

/** Hands what a tenant committed to its chain and runs the followers. One that met another drain of the same row is asked again, as by an alarm. */
export async function drained(tenantId: string, tries = 3): Promise<void> {
  const beside = new Beside()
  try {
    await wake({ reach: await reachNow(), now: await testClock(), later: beside.later }, 'drain-outbox', tenantId)
  } catch (thrown) {
    if (tries <= 1 || !isFault(thrown) || thrown.failure.code !== 'unavailable') throw thrown
    await drained(tenantId, tries - 1)
  }
  await beside.settled()
}

/** Somebody at a browser: a jar of cookies, and the two ways in. */
export class Browser {
  readonly #jar = new Map<string, string>()

  /** The session this browser was given, or null for a stranger. */
  readonly session: { readonly accountId: string; readonly sid: string } | null

  /** Where its requests go: to the Worker under test, unless a test serves the product in a way of its own. */
  through: (request: Request) => Promise<Response> = (request) => (exports as unknown as { default: Fetcher }).default.fetch(request) // `as`: typed by the entry file

  constructor(session: { accountId: string; sid: string; cookie: string; csrf: string } | null) {
    this.session = session && { accountId: session.accountId, sid: session.sid }
    if (session) this.#jar.set(cookieNames.session, session.cookie).set(cookieNames.csrf, session.csrf)
  }

  get cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  get csrf(): string {
    return this.#jar.get(cookieNames.csrf) ?? ''
  }

  setCookie(name: string, value: string): void {
    this.#jar.set(name, value)
  }

  /**
   * A request to the Worker itself, through its real fetch. `form` is sent as a page form with this browser's token, `json`
   * as an API body with the token in the header, `body` as it is: a multipart form carries its own token, anything else gets the header. Redirects are not followed; cookies that come back are kept.
   */
  async call(path: string, init: { method?: string; form?: Record<string, string>; json?: unknown; body?: BodyInit; headers?: Record<string, string> } = {}): Promise<Response> {
    const method = init.method ?? (init.form || init.json !== undefined || init.body ? 'POST' : 'GET')
    const headers = new Headers({ 'CF-Connecting-IP': ADDRESS, 'User-Agent': BROWSER, ...init.headers })
    if (this.#jar.size > 0) headers.set('Cookie', this.cookies)
    if (method !== 'GET') headers.set('Origin', ORIGIN)
    let body: BodyInit | null = init.body ?? null
    if (init.form) body = new URLSearchParams({ csrf: this.csrf, ...init.form })
    if (init.json !== undefined) {
      body = JSON.stringify(init.json)
      headers.set('Content-Type', 'application/json')
    }
    if (method !== 'GET' && !init.form && !(init.body instanceof FormData)) headers.set('X-CSRF-Token', this.csrf)
    for (const [name, value] of Object.entries(init.headers ?? {})) headers.set(name, value) // what a test says comes last
    const answer = await this.through(new Request(`${ORIGIN}${path}`, { method, headers, body, redirect: 'manual' }))
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (/Max-Age=0\b/.test(line)) this.#jar.delete(name)
      else this.#jar.set(name, value)
    }
    return answer
  }

  /** A page as a browser asks for it. */
  page(path: string): Promise<Response> {
    return this.call(path, { headers: { Accept: 'text/html' } })
  }

  /** The door this browser stands at, at `now` (default: the test clock's). */
  async door(now?: number): Promise<{ door: Door; settled: () => Promise<void> }> {
    const reach = await reachNow()
    const moment = now ?? (await testClock())
    const beside = new Beside()
    const request = new Request(`${ORIGIN}/`, { headers: { Cookie: this.cookies, 'CF-Connecting-IP': ADDRESS, 'User-Agent': BROWSER } })
    const door = new Door({ request, reach, now: moment, later: beside.later, wakeDrain: (id) => wake({ reach, now: moment, later: beside.later }, 'drain-outbox', id) })
    return { door, settled: () => beside.settled() }
  }

  /** Run a verb through a real door, in the session's active tenant. */
  async run<T>(verb: (ctx: Ctx) => Promise<T>, now?: number): Promise<T> {
    const { door, settled } = await this.door(now)
    try {
      return await door.tenant(verb)
    } finally {
      await settled()
    }
  }

  /** Run a verb of the person beside any tenant. */
  async runAsAccount<T>(verb: (account: AccountCtx) => Promise<T>, now?: number): Promise<T> {
    const { door, settled } = await this.door(now)
    try {
      return await verb(await door.account())
    } finally {
      await settled()
    }
  }

  /** Run a verb that asks for a single-use proof: the first try is refused with a ticket, the person confirms, the second runs. */
  async runConfirmed<T>(verb: (ctx: Ctx) => Promise<T>, now?: number): Promise<T> {
    const refused = await failureOf(this.run(verb, now))
    if (refused?.code !== 'step_up_required' || refused.mode !== 'exact' || !refused.ticket || !this.session) throw new Error(`expected to be asked for a proof, got ${refused?.code ?? 'an answer'}`)
    await this.confirm(refused.ticket, now)
    return this.run(verb, now)
  }

  /** What the step-up page does once the password was right. */
  async confirm(ticketId: string, now?: number): Promise<void> {
    if (!this.session) throw new Error('a stranger proves nothing')
    const { guards } = await reachNow()
    const grant = { kind: 'exact', sid: this.session.sid, ticketId } as const
    const proved = (await guards.of(this.session.accountId).factor('usePassword', [{ grant, now: now ?? (await testClock()), told: { done: [] } }])) as Proved // `as`: a stub knows the steps only all together
    if (!proved.ok) throw new Error(`the proof was refused: ${proved.reason}`)
  }
}

/** The failure a promise ended with; null where it did not fail. Throws what is no failure of ours. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure | null> {
  try {
    await promise
    return null
  } catch (thrown) {
    if (isFault(thrown)) return thrown.failure
    throw thrown
  }
}

/** A new session of somebody, made without a password. `proven: false`: the last proof is long ago. */
export async function signedIn(person: { accountId: string }, tenantId: string | null, options: { proven?: boolean; now?: number } = {}): Promise<Browser> {
  const reach = await reachNow()
  const now = options.now ?? (await testClock())
  const signer = new CookieSigner(bindings.SESSION_MAC_KEY)
  const { accountId } = person
  const sid = newId('ses', now)
  const secret = randomToken(32)
  const parts = { ip: ADDRESS, userAgent: BROWSER }
  const vault = reach.vault(PLATFORM, 1, now)
  const origin = { hash: await originHash(vault, parts), sealed: await sealOrigin(vault, accountId, now, { ...parts, reason: null }) }
  const opened = await reach.guards.of(accountId).openSession({
    sid, secretHash: await sha256Hex(secret), now, mfaAt: null, provenAt: options.proven === false ? null : now, activeTenant: tenantId, origin, browser: null, events: [],
  })
  if (opened.state !== 'open') throw new Error(`no session: ${opened.state}`)
  return new Browser({ accountId, sid, cookie: await signer.sessionCookie({ accountId, sid, secret }), csrf: await signer.csrfToken(sid) })
}

type SignInOptions = { proven?: boolean; now?: number }

export const asOwner = (tenant: TestTenant, options?: SignInOptions): Promise<Browser> => as(tenant, 'owner', options)
export const asAdmin = (tenant: TestTenant, options?: SignInOptions): Promise<Browser> => as(tenant, 'admin', options)
export const asMember = (tenant: TestTenant, options?: SignInOptions): Promise<Browser> => as(tenant, 'member', options)
export const asViewer = (tenant: TestTenant, options?: SignInOptions): Promise<Browser> => as(tenant, 'viewer', options)
/** Somebody who is not signed in at all. */
export const asStranger = (): Browser => new Browser(null)

async function as(tenant: TestTenant, role: Seated['role'], options?: SignInOptions): Promise<Browser> {
  return signedIn(await tenant.someone(role), tenant.id, options)
}

/** The same thing with one member replaced, for tests of what happens when a step fails. */
export function replaced<T extends object, K extends keyof T>(real: T, name: K, stand: T[K]): T {
  return new Proxy(real, {
    get: (target, key) => {
      if (key === name) return stand
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The entries of a log with this event name, oldest first, as they were sealed. */
export async function entriesOf(log: string, name: string): Promise<{ subject: string; actor: { kind: string; id: string; role: string | null }; meta: Record<string, unknown> }[]> {
  await drained(log)
  const { entries } = await (await reachNow()).chain.query(log, { name }, null, 200)
  return entries.map((row) => JSON.parse(row.line)).reverse()
}
