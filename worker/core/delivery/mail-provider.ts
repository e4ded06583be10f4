import type { Env } from '../env.ts'
import { egress } from './egress.ts'
import type { LaidOut } from './lay-out.ts'
import type { AttemptError } from './module.ts'

/** What came of handing one mail to the provider. `afterMs`: the provider's own wish for when to come back. */
export type Attempt = { readonly sent: true } | { readonly sent: false; readonly error: AttemptError; readonly again: boolean; readonly afterMs?: number }

/** One mail on its way out. `key` makes a repeated attempt one mail. */
export type OutgoingMail = LaidOut & { readonly to: string; readonly key: string; readonly headers?: Readonly<Record<string, string>> }

/** Hands a mail to whoever sends it. Another provider is another function of this type and one more case in `mailProvider`. */
export type MailProvider = (mail: OutgoingMail) => Promise<Attempt>

/** The provider that the environment names, or null: mail then waits in the queue and says why. */
export function mailProvider(env: Env): MailProvider | null {
  const { MAIL_FROM: from, RESEND_API_KEY: apiKey } = env
  if (env.MAIL_PROVIDER !== 'resend' || !from || !apiKey) return null
  return (mail) => sendByResend({ from, apiKey, base: new URL(env.RESEND_URL ?? 'https://api.resend.com', env.ORIGIN).href.replace(/\/$/, ''), own: env.ORIGIN }, mail)
}

/**
 * `POST /emails` (resend.com/docs/api-reference/emails/send-email). The Idempotency-Key is remembered for 24 hours, longer
 * than any two of our attempts lie apart; its `invalid_idempotent_request` (409) says that an earlier attempt did get through.
 */
async function sendByResend(account: { from: string; apiKey: string; base: string; own: string }, mail: OutgoingMail): Promise<Attempt> {
  const answer = await egress(
    {
      url: `${account.base}/emails`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': mail.key, 'User-Agent': 'countersign' },
      credential: { origin: new URL(account.base).origin, header: 'Authorization', value: `Bearer ${account.apiKey}` },
      body: JSON.stringify({ from: account.from, to: [mail.to], subject: mail.subject, text: mail.text, html: mail.html, ...(mail.headers ? { headers: mail.headers } : {}) }),
    },
    { own: account.own, base: account.base },
  )
  if (!answer.ok) return { sent: false, error: answer.reason, again: answer.reason !== 'refused_address' }
  return attemptOf(answer.status, nameOf(answer.body), answer.headers.get('Retry-After'))
}

/** What a status and error name of Resend (resend.com/docs/api-reference/errors) mean for us. Pure. */
export function attemptOf(status: number, name: string, retryAfter: string | null): Attempt {
  if (status >= 200 && status < 300) return { sent: true }
  if (status === 409 && name === 'invalid_idempotent_request') return { sent: true }
  if (status === 429) return { sent: false, error: 'rate_limited', again: true, ...waitOf(retryAfter) }
  // A key can be mended by the operator; the mail should still be there then.
  if (status === 401 || status === 403) return { sent: false, error: 'unauthorized', again: true }
  if (status === 408 || status === 409 || status === 425 || status >= 500) return { sent: false, error: 'provider_error', again: true, ...waitOf(retryAfter) }
  return { sent: false, error: 'rejected', again: false }
}

/** Retry-After in seconds (RFC 9110 §10.2.3), at most a day; its date form is not used by this provider. */
const waitOf = (retryAfter: string | null): { afterMs?: number } => (/^\d{1,5}$/.test(retryAfter ?? '') ? { afterMs: Math.min(Number(retryAfter), 86_400) * 1000 } : {})

function nameOf(body: string): string {
  try {
    const { name } = JSON.parse(body) as { name?: unknown } // `as`: only compared
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}
