import { cookieNames, parseCookies, randomToken, setCookie, type CookieName, type CookieSigner, type SessionCookie } from './cookies.ts'
import { Fault } from './failure.ts'
import { readForm } from './form.ts'

/** What stands at the threshold with a request. */
export type ThresholdParts = {
  readonly request: Request
  readonly signer: CookieSigner
  /** The one origin we are reached at. */
  readonly origin: string
  /** The body is a form that streams: its token comes as the first field, and nothing is anybody's until it came. */
  readonly formStreams: boolean
}

/**
 * What happens before anybody is known: cookies in and out, a page's form, the double-submit token. A Door is this and the
 * session behind it.
 */
export class Threshold {
  /** The fields of a page's form, read once; null for anything else. */
  form: URLSearchParams | null = null
  /** The tenant that a page form was drawn in, or null. */
  protected seenTenant: string | null = null
  /** Cookies that go out with the answer. */
  protected readonly cookiesOut: string[] = []
  /** True while a streamed form has not shown its token. */
  protected owesToken = false
  readonly #parts: ThresholdParts
  readonly #signer: CookieSigner
  readonly #cookies: ReadonlyMap<string, string>
  #pre: string | null = null
  #csrf: { readonly boundTo: string; readonly token: Promise<string> } | null = null
  /** The sid handed out with this answer, if any. */
  #given: string | null = null
  /** Whether the session that came with the request is over. */
  #ended = false

  constructor(parts: ThresholdParts) {
    this.#parts = parts
    this.#signer = parts.signer
    this.#cookies = parseCookies(parts.request.headers.get('Cookie'))
  }

  /**
   * What must hold before anything of ours runs: not two credentials at once, neither another Origin nor another site on an
   * unsafe method, and with a cookie or a form that Origin and the signed double-submit token (IFD-65). Reads the form, since the token is in it.
   */
  async enter(): Promise<void> {
    const { method, headers } = this.#parts.request
    const hasCookie = Object.values(cookieNames).some((name) => this.#cookies.has(name))
    if (headers.has('Authorization') && this.#cookies.has(cookieNames.session)) throw new Fault({ code: 'two_credentials' })
    if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
    // Whoever says that it comes from elsewhere is refused with or without cookies: ours are Lax, and stay at home just then.
    if (headers.has('Origin') && headers.get('Origin') !== this.#parts.origin) throw new Fault({ code: 'csrf' })
    // A browser that says so itself is believed, whatever its Origin claims (Fetch Metadata §2.3); `none` is a person's own doing.
    if (!['same-origin', 'none'].includes(headers.get('Sec-Fetch-Site') ?? 'none')) throw new Fault({ code: 'csrf' })
    this.form = await readForm(this.#parts.request)
    if (!hasCookie && this.form === null) return
    if (headers.has('Authorization') && this.form === null) return
    if (!headers.has('Origin')) throw new Fault({ code: 'csrf' })
    if (this.#parts.formStreams && !headers.has('X-CSRF-Token')) {
      this.owesToken = true
      return
    }
    await this.acceptToken(this.form?.get('csrf') ?? headers.get('X-CSRF-Token') ?? '')
    this.form?.delete('csrf')
    this.seenTenant = this.form?.get('seen_tenant') ?? null
    this.form?.delete('seen_tenant')
  }

  /** Throws unless this is the double-submit token of this browser's session. Until then a streamed form is nobody's. */
  async acceptToken(token: string): Promise<void> {
    if (token !== this.cookie('csrf')) throw new Fault({ code: 'csrf' })
    const session = await this.#signer.readSession(this.cookie('session'))
    const boundTo = session?.sid ?? this.cookie('pre')
    if (!boundTo || !(await this.#signer.csrfFits(token, boundTo))) throw new Fault({ code: 'csrf' })
    this.owesToken = false
  }

  cookie(name: CookieName): string | undefined {
    return this.#cookies.get(cookieNames[name])
  }

  setCookie(name: CookieName, value: string, maxAgeS: number | null): void {
    this.cookiesOut.push(setCookie(name, value, maxAgeS))
  }

  /** A token for the forms of this page, bound to the session or, signed out, to a random cookie of this browser. */
  async csrfToken(): Promise<string> {
    const boundTo = (await this.#sid()) ?? this.preSession()
    // Kept as a promise: loaders of one page run at once, and all of them must get the same token.
    if (this.#csrf?.boundTo !== boundTo) this.#csrf = { boundTo, token: this.#tokenFor(boundTo) }
    return this.#csrf.token
  }

  async #tokenFor(boundTo: string): Promise<string> {
    const held = this.#ended ? undefined : this.cookie('csrf')
    if (held !== undefined && (await this.#signer.csrfFits(held, boundTo))) return held
    const token = await this.#signer.csrfToken(boundTo)
    this.setCookie('csrf', token, null)
    return token
  }

  /** The session that the browser has after this answer: the one it was given, or the one it came with unless that is over. */
  async #sid(): Promise<string | null> {
    if (this.#given !== null || this.#ended) return this.#given
    return (await this.#signer.readSession(this.cookie('session')))?.sid ?? null
  }

  /** The random name of a signed-out browser; made and set when it has none. */
  preSession(): string {
    const held = this.#pre ?? this.cookie('pre')
    if (held) return held
    this.#pre = randomToken(16)
    this.setCookie('pre', this.#pre, 3600)
    return this.#pre
  }

  /** Hand the browser a session. Its CSRF token changes with the sid, not with the secret: open forms outlive a rotation. */
  async giveSession(session: SessionCookie): Promise<void> {
    this.setCookie('session', await this.#signer.sessionCookie(session), 30 * 86_400)
    this.#given = session.sid
    await this.csrfToken()
    this.setCookie('pre', '', 0)
  }

  dropSession(): void {
    this.#ended = true
    this.#given = null
    this.setCookie('session', '', 0)
    this.setCookie('csrf', '', 0)
  }
}
