/**
 * The header set of every answer: pages, API, assets, errors, redirects (blocks HDR; security.md §2.1).
 * 135 points (A+) on the MDN Observatory's tests and no finding of CSP Evaluator.
 */
export type HeaderTerms = {
  /** Fresh per response; scripts and styles without it do not run. Empty where no scripts are answered. */
  readonly nonce: string
  /** who may frame us. */
  readonly frame: 'deny' | 'sameorigin'
  /** Hashed assets may be cached for ever, everything else never. */
  readonly immutable: boolean
}

/** Content-Security-Policy for our pages: nothing but our own origin, scripts by nonce alone (IFD-34, SPO-49). */
export const contentSecurityPolicy = (terms: HeaderTerms): string =>
  [
    "default-src 'none'",
    // What carries no nonce runs no script; a page without scripts still has its style sheet.
    terms.nonce === '' ? "script-src 'none'" : `script-src 'nonce-${terms.nonce}' 'strict-dynamic'`,
    terms.nonce === '' ? "style-src 'self'" : `style-src 'self' 'nonce-${terms.nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${terms.frame === 'deny' ? "'none'" : "'self'"}`,
  ].join('; ')

/** What carries no nonce has one of two policies. */
const bare = { deny: contentSecurityPolicy({ nonce: '', frame: 'deny', immutable: false }), sameorigin: contentSecurityPolicy({ nonce: '', frame: 'sameorigin', immutable: false }) } as const

/** The same answer with our headers on it, and `also` what belongs to this answer alone. A 101 keeps its socket. */
export function withHeaders(response: Response, terms: HeaderTerms, also: Readonly<Record<string, string>> = {}, cookies: readonly string[] = []): Response {
  const answer = writable(response)
  const { headers } = answer
  for (const [name, value] of Object.entries(also)) headers.set(name, value)
  // A response that brings its own policy (a sandboxed download) is stricter than ours.
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', terms.nonce === '' ? bare[terms.frame] : contentSecurityPolicy(terms))
  headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains; preload')
  headers.set('X-Frame-Options', terms.frame === 'deny' ? 'DENY' : 'SAMEORIGIN')
  // Under `no-referrer` browsers send `Origin: null` with a form's POST (Fetch §3.2), and the door could not tell ours from anybody's.
  headers.set('Referrer-Policy', 'strict-origin-when-cross-origin')
  headers.set('Permissions-Policy', 'accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), usb=(), xr-spatial-tracking=()')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Cache-Control', terms.immutable ? 'public, max-age=31536000, immutable' : 'no-store')
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return answer
}

/** What we made ourselves takes our headers as it is; what was fetched is made anew around the same body. */
function writable(response: Response): Response {
  try {
    response.headers.set('X-Content-Type-Options', 'nosniff')
    return response
  } catch {
    const { body, status, statusText, headers, webSocket } = response
    const made = new Response(body, { status, statusText, headers, webSocket: webSocket ?? null })
    made.headers.set('X-Content-Type-Options', 'nosniff')
    return made
  }
}
