import { fromBase64, randomBytes, toBase64Url, utf8 } from './vault/bytes.ts'
import { importMacKey, macSign, macVerify } from './vault/mac.ts'

/**
 * Our four cookies, all essential (CAL-44), all `__Host-`: bound to this host, to HTTPS, to `/`.
 * The session cookie is `account.sid.secret.mac`: a bad MAC is refused before any object is woken, so that traffic
 * without a session cannot load one account's guard.
 */
export const cookieNames = { session: '__Host-session', csrf: '__Host-csrf', pre: '__Host-pre', device: '__Host-device' } as const
export type CookieName = keyof typeof cookieNames

/** base64url of 32 bytes: one spelling, with the check of `fromBase64` on the last digit. */
const MAC = /^[\w-]{43}$/

/** What the session cookie says once its MAC is right. The secret decides nothing until the guard has compared its hash. */
export type SessionCookie = { readonly accountId: string; readonly sid: string; readonly secret: string }

/** Signs and checks what we put into cookies and forms. Made once per isolate from SESSION_MAC_KEY. */
export class CookieSigner {
  readonly #secret: string
  /** The key, not a promise of it: a request that asked for it may be cancelled while others wait. */
  #key: CryptoKey | null = null

  constructor(secret: string) {
    this.#secret = secret
  }

  async sessionCookie(session: SessionCookie): Promise<string> {
    const said = `${session.accountId}.${session.sid}.${session.secret}`
    return `${said}.${await this.mac('session', said)}`
  }

  /** The cookie's parts, or null for anything that we did not write ourselves. */
  async readSession(cookie: string | undefined): Promise<SessionCookie | null> {
    const [accountId, sid, secret, mac, ...rest] = cookie?.split('.') ?? []
    if (!accountId || !sid || !secret || !mac || rest.length > 0) return null
    return (await this.macFits('session', `${accountId}.${sid}.${secret}`, mac)) ? { accountId, sid, secret } : null
  }

  /** A double-submit token good for one session (or one signed-out browser) only: `nonce.mac`. */
  async csrfToken(boundTo: string): Promise<string> {
    const nonce = randomToken(12)
    return `${nonce}.${await this.mac('csrf', `${boundTo}.${nonce}`)}`
  }

  async csrfFits(token: string, boundTo: string): Promise<boolean> {
    const [nonce, mac, ...rest] = token.split('.')
    return !!nonce && !!mac && rest.length === 0 && this.macFits('csrf', `${boundTo}.${nonce}`, mac)
  }

  /** base64url HMAC of a message for one use. */
  async mac(use: string, message: string): Promise<string> {
    return toBase64Url(await macSign(await this.#imported(), utf8(`countersign.${use}.${message}`)))
  }

  /** Whether a MAC made by `mac` is right, in constant time. */
  async macFits(use: string, message: string, mac: string): Promise<boolean> {
    if (!MAC.test(mac)) return false
    const raw = fromBase64(`${mac.replaceAll('-', '+').replaceAll('_', '/')}=`)
    return raw.ok && macVerify(await this.#imported(), utf8(`countersign.${use}.${message}`), raw.value)
  }

  async #imported(): Promise<CryptoKey> {
    if (this.#key) return this.#key
    const raw = fromBase64(this.#secret)
    if (!raw.ok) throw new TypeError('SESSION_MAC_KEY is not base64')
    this.#key = await importMacKey(raw.value)
    return this.#key
  }
}

/** `bytes` random bytes as base64url. 32 for secrets, 16 for names that must not be guessed. */
export const randomToken = (bytes: number): string => toBase64Url(randomBytes(bytes))

/** The request's cookies by name. A name sent twice counts for nothing: which one a proxy kept is anyone's guess. */
export function parseCookies(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  const twice = new Set<string>()
  for (const part of header?.split(';') ?? []) {
    const [name = '', ...value] = part.trim().split('=')
    if (cookies.has(name)) twice.add(name)
    cookies.set(name, value.join('='))
  }
  for (const name of twice) cookies.delete(name)
  return cookies
}

/** One Set-Cookie value. `maxAgeS` 0 deletes, null lasts as long as the browser is open. */
export function setCookie(name: CookieName, value: string, maxAgeS: number | null): string {
  const lifetime = maxAgeS === null ? '' : `; Max-Age=${maxAgeS}`
  return `${cookieNames[name]}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${lifetime}`
}
