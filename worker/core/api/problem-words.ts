import { toWire, type Failure } from '../failure.ts'

const limit = { policy: 'person', quota: 100, windowS: 60, remaining: 0, resetS: 60 }

/** One failure of each code, as it reads where nothing more is known of the occasion. */
const examples: { readonly [C in Failure['code']]: Extract<Failure, { code: C }> } = {
  not_found: { code: 'not_found' },
  forbidden: { code: 'forbidden', need: '' },
  role_required: { code: 'role_required', need: '' },
  unauthenticated: { code: 'unauthenticated' },
  mfa_required: { code: 'mfa_required' },
  mfa_enrolment_required: { code: 'mfa_enrolment_required' },
  step_up_required: { code: 'step_up_required', mode: 'recent' },
  wrong_credentials: { code: 'wrong_credentials' },
  locked: { code: 'locked', until: 0 },
  invalid: { code: 'invalid', errors: [] },
  malformed: { code: 'malformed', detail: 'The answer says which part of it, and why.' },
  csrf: { code: 'csrf' },
  two_credentials: { code: 'two_credentials' },
  rate_limited: { code: 'rate_limited', retryAfterS: 60, limit },
  busy: { code: 'busy', retryAfterS: 3 },
  conflict: { code: 'conflict', state: '', detail: 'The state it is in now stands in the answer. Load it again and decide anew.' },
  gone: { code: 'gone', detail: 'It was there and has ended: used, expired, taken back or erased. Ask for a new one.' },
  already_issued: { code: 'already_issued' },
  link_refused: { code: 'link_refused' },
  idempotency_mismatch: { code: 'idempotency_mismatch' },
  precondition_failed: { code: 'precondition_failed' },
  precondition_required: { code: 'precondition_required' },
  too_large: { code: 'too_large', limitBytes: 0 },
  unsupported_media: { code: 'unsupported_media', detail: 'The answer says which kinds are.' },
  method_not_allowed: { code: 'method_not_allowed', allow: [] },
  tls_too_old: { code: 'tls_too_old', need: 'TLS 1.2' },
  integrity: { code: 'integrity', reason: '' },
  stale_fence: { code: 'stale_fence', reason: '' },
  audit_lagging: { code: 'audit_lagging' },
  unavailable: { code: 'unavailable', reason: '' },
}

/** What a problem means wherever it comes up. */
export type ProblemWords = { readonly code: string; readonly status: number; readonly title: string; readonly detail: string }

/** Every problem that an answer may hold, by the last part of its `type` (RFC 9457 §3.1.1). */
export const problemWords: ReadonlyMap<string, ProblemWords> = new Map(
  Object.values(examples).map((failure) => {
    const { code, status, title, detail } = toWire(failure).problem
    return [code, { code, status, title, detail: failure.code === 'too_large' ? 'The answer says how many bytes are accepted there.' : detail }]
  }),
)
