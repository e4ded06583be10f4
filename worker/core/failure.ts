/**
 * Everything that can go wrong on purpose, as one union with one exhaustive way to the wire.
 * Inside, a failure is rich; outside it is an RFC 9457 problem that tells an attacker nothing and a person what to do next.
 */

/** One input that was refused, named by JSON pointer (RFC 6901), with a sentence for the person who typed it. */
export type FieldError = { pointer: string; detail: string }

export type Failure =
  | { code: 'not_found' }
  /** Seen from outside exactly like `not_found`: whoever may not know a thing does not learn that it exists. */
  | { code: 'forbidden'; need: string }
  /** The right is missing but the page or route itself is public knowledge: said openly, so that a member knows whom to ask. */
  | { code: 'role_required'; need: string }
  | { code: 'unauthenticated' }
  | { code: 'mfa_required' }
  | { code: 'mfa_enrolment_required' }
  | { code: 'step_up_required'; mode: 'exact' | 'recent'; /** The ticket to confirm, where one was asked for. */ ticket?: string }
  | { code: 'wrong_credentials' }
  | { code: 'locked'; until: number }
  | { code: 'invalid'; errors: FieldError[] }
  | { code: 'malformed'; detail: string }
  | { code: 'csrf' }
  | { code: 'two_credentials' }
  | { code: 'rate_limited'; retryAfterS: number; limit: RateLimitState }
  | { code: 'busy'; retryAfterS: number }
  | { code: 'conflict'; state: string; detail: string }
  | { code: 'gone'; detail: string }
  | { code: 'already_issued' }
  /** A signed link that was changed, or is used by another session than the one it was made for. */
  | { code: 'link_refused' }
  | { code: 'idempotency_mismatch' }
  | { code: 'precondition_failed' }
  | { code: 'precondition_required' }
  | { code: 'too_large'; limitBytes: number }
  | { code: 'unsupported_media'; detail: string }
  | { code: 'method_not_allowed'; allow: string[] }
  | { code: 'tls_too_old'; need: string }
  | { code: 'integrity'; reason: string }
  /** The tenant lives elsewhere, is sealed at another version, or the actor's role changed. The door asks again and reruns. */
  | { code: 'stale_fence'; reason: string }
  | { code: 'audit_lagging' }
  | { code: 'unavailable'; reason: string }

/** What a limiter knows after counting, enough for the RateLimit fields (IETF draft-ietf-httpapi-ratelimit-headers). */
export type RateLimitState = { policy: string; quota: number; windowS: number; remaining: number; resetS: number }

const brand = Symbol.for('countersign.fault')

/** Carries one failure up to the door. Recognise it with `isFault`: the page bundle may hold another copy of this class. */
export class Fault extends Error {
  readonly [brand] = true
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'Fault'
    this.failure = failure
  }
}

/** True for a `Fault` from any copy of this file. */
export const isFault = (thrown: unknown): thrown is Fault =>
  typeof thrown === 'object' && thrown !== null && (thrown as { [brand]?: unknown })[brand] === true // `as`: reading a symbol off an unknown object

/**
 * One line for the operator: where, the kind of error, and ids of what it is about. Everything that the Worker ever says:
 * never a message, for one may quote a row, or a URL.
 */
export function report(where: string, thrown: unknown, ids: Readonly<Record<string, string>> = {}): void {
  console.error(JSON.stringify({ where, ...ids, error: isFault(thrown) ? thrown.failure.code : thrown instanceof Error ? thrown.name : typeof thrown }))
}

/** An RFC 9457 problem with its status and the headers that belong to it. */
export type Wire = {
  status: number
  headers: Record<string, string>
  problem: { type: string; title: string; status: number; code: string; detail: string; errors?: FieldError[]; [extension: string]: unknown }
}

/**
 * A failure as the outside sees it. A new member of `Failure` does not compile until it is mapped here.
 * `type` is a path on our own origin that explains the code.
 */
export function toWire(failure: Failure): Wire {
  switch (failure.code) {
    case 'not_found':
    case 'forbidden':
      return wire(404, 'not_found', 'Not found', 'There is nothing here that you can open. Go back, or ask the person who sent you the link.')
    case 'role_required':
      return wire(403, failure.code, 'Your role does not allow this', 'Ask an owner of this tenant to do it or to change your role.', { need: failure.need })
    case 'unauthenticated':
      return wire(401, failure.code, 'Sign in first', 'This needs a signed-in session or an API key. Sign in and try again.', {}, { 'WWW-Authenticate': 'Bearer realm="countersign"' })
    case 'mfa_required':
      return wire(403, failure.code, 'A second factor is needed', 'Finish signing in with your authenticator, a passkey or a recovery code.')
    case 'mfa_enrolment_required':
      return wire(403, failure.code, 'This tenant requires two-factor sign-in', 'Turn on an authenticator or a passkey under Security, then come back.')
    case 'step_up_required':
      return wire(403, failure.code, 'Confirm that it is you', 'Confirm with your passkey, authenticator or password, then try again.', { mode: failure.mode, ...(failure.ticket ? { ticket: failure.ticket } : {}) })
    case 'wrong_credentials':
      return wire(401, failure.code, 'That did not match', 'The address, the password or the code is not right. Check it and try again, or reset your password.')
    case 'locked':
      return wire(423, failure.code, 'Locked for now', 'Too many wrong tries. Wait until the time shown, sign in from a browser you used before, or reset your password.', { until: new Date(failure.until).toISOString() })
    case 'invalid':
      return wire(422, failure.code, 'Something needs another look', 'See the notes beside the fields.', { errors: failure.errors })
    case 'malformed':
      return wire(400, failure.code, 'That request could not be read', failure.detail)
    case 'csrf':
      return wire(403, failure.code, 'This form is stale', 'It was opened in another session or too long ago. Reload the page and send it again.')
    case 'two_credentials':
      return wire(400, failure.code, 'Two credentials at once', 'Send either a session cookie or an Authorization header, not both.')
    case 'rate_limited':
      return wire(429, failure.code, 'Too many requests', 'Wait as long as Retry-After says, then try again.', {}, { 'Retry-After': String(failure.retryAfterS), ...rateLimitFields(failure.limit) })
    case 'busy':
      return wire(429, failure.code, 'Busy', 'Many people are signing in at once. Try again in a few seconds.', {}, { 'Retry-After': String(failure.retryAfterS) })
    case 'conflict':
      return wire(409, failure.code, 'That no longer fits', failure.detail, { state: failure.state })
    case 'gone':
      return wire(410, failure.code, 'No longer valid', failure.detail)
    case 'link_refused':
      return wire(403, failure.code, 'This link does not work here', 'A download link works only for the session that asked for it, until it expires. Open the list of documents and ask for a new one.')
    case 'already_issued':
      return wire(409, failure.code, 'Shown once already', 'The secret was shown when it was made and is not kept. Make a new one if it was lost.')
    case 'idempotency_mismatch':
      return wire(422, failure.code, 'Idempotency-Key was used for something else', 'Use a new Idempotency-Key for a different request.')
    case 'precondition_failed':
      return wire(412, failure.code, 'It changed in the meantime', 'Load it again and repeat your change on the newer version.')
    case 'precondition_required':
      return wire(428, failure.code, 'If-Match is required', 'Send the ETag of the version you saw in If-Match.')
    case 'too_large':
      return wire(413, failure.code, 'Too large', `At most ${failure.limitBytes} bytes are accepted here.`)
    case 'unsupported_media':
      return wire(415, failure.code, 'That kind of content is not accepted', failure.detail)
    case 'method_not_allowed':
      return wire(405, failure.code, 'Method not allowed', 'Use one of the methods named in Allow.', {}, { Allow: failure.allow.join(', ') })
    case 'tls_too_old':
      return wire(426, failure.code, 'TLS too old', `Connect with ${failure.need} or newer.`, {}, { Upgrade: 'TLS/1.3', Connection: 'Upgrade' })
    case 'integrity':
      return wire(409, failure.code, 'This record failed its integrity check', 'It was not opened. The owner of this tenant has been alerted.')
    case 'stale_fence':
    case 'audit_lagging':
    case 'unavailable':
      return wire(503, 'unavailable', 'Not available right now', 'Nothing was lost. Try again in a few seconds.', {}, { 'Retry-After': failure.code === 'audit_lagging' ? '60' : '2' })
  }
}

/** The RateLimit and RateLimit-Policy fields for one limit. */
export const rateLimitFields = (limit: RateLimitState): Record<string, string> => ({
  'RateLimit-Policy': `"${limit.policy}";q=${limit.quota};w=${limit.windowS}`,
  RateLimit: `"${limit.policy}";r=${limit.remaining};t=${limit.resetS}`,
})

function wire(status: number, code: string, title: string, detail: string, extensions: Record<string, unknown> = {}, headers: Record<string, string> = {}): Wire {
  return { status, headers, problem: { type: `/problems/${code}`, title, status, code, detail, ...extensions } }
}
