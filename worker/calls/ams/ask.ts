import { egress, type Credential, type EgressAnswer, type EgressRequest } from '../../core/delivery/egress.ts'
import type { Surroundings } from '../../core/delivery/egress-rule.ts'
import type { AmsAnswer, AmsTrouble, HandedOver } from './port.ts'

/** How one agency management system is reached: with what, and from where. */
export type Way = { readonly credential: Credential | null; readonly surroundings: Surroundings }

type Asked = Pick<EgressRequest, 'url' | 'method'> & { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; /** Sent as it is, for it was signed. */ readonly text?: string }

/** One question and its JSON. Nothing that an AMS says is believed to have a shape. */
export async function ask(way: Way, asked: Asked): Promise<AmsAnswer<unknown>> {
  const answer = await send(way, asked)
  if (!answer.ok) return { ok: false, trouble: noAnswer[answer.reason] }
  if (answer.status < 200 || answer.status >= 300) return { ok: false, trouble: troubleOf(answer.status), ...afterOf(answer.headers) }
  const value = parsed(answer.body)
  return value === undefined ? { ok: false, trouble: 'broken' } : { ok: true, value }
}

/**
 * Hand a note over. Only an answer that says so means that it was not taken: where none came, or one that may come after the
 * note was written (500, 502, 504, 409), the AMS may have it.
 */
export async function handOver(way: Way, asked: Asked, noteId: (body: unknown) => string): Promise<HandedOver> {
  const answer = await send(way, asked)
  if (!answer.ok) return answer.reason === 'refused_address' ? { state: 'not_taken', trouble: 'refused_address', again: false } : { state: 'unknown', trouble: noAnswer[answer.reason] }
  const { status } = answer
  if (status >= 200 && status < 300) return { state: 'taken', noteId: noteId(parsed(answer.body)) }
  if (status === 409 || (status >= 500 && status !== 503)) return { state: 'unknown', trouble: 'broken' }
  const trouble = troubleOf(status)
  // Credentials can be mended by the owner; the note should still be there then.
  return { state: 'not_taken', trouble, again: trouble === 'busy' || trouble === 'credentials_refused', ...afterOf(answer.headers) }
}

/** One message, and whether it was taken; whatever is not a 2xx. */
export async function send(way: Way, { body, text, ...asked }: Asked): Promise<EgressAnswer> {
  const said = text ?? (body === undefined ? undefined : JSON.stringify(body))
  const headers = { Accept: 'application/json', 'User-Agent': 'countersign', ...(said === undefined ? {} : { 'Content-Type': 'application/json' }), ...asked.headers }
  return egress({ url: asked.url, method: asked.method, headers, ...(said === undefined ? {} : { body: said }), ...(way.credential ? { credential: way.credential } : {}) }, way.surroundings)
}

/** What a status says of a question that was not answered. Pure. */
export function troubleOf(status: number): AmsTrouble {
  if (status === 401 || status === 403) return 'credentials_refused'
  if (status === 404 || status === 410) return 'no_contact'
  if (status === 408 || status === 425 || status === 429 || status === 503) return 'busy'
  return status >= 500 ? 'broken' : 'refused'
}

/** Why there is no answer. A redirect is none: it is not followed. */
export const noAnswer = { refused_address: 'refused_address', timeout: 'timeout', unreachable: 'unreachable', redirected: 'broken', too_large: 'broken' } as const satisfies Record<string, AmsTrouble>

/** Retry-After in seconds (RFC 9110 §10.2.3), at most a day. */
export function afterOf(headers: Headers): { afterMs?: number } {
  const said = headers.get('Retry-After') ?? ''
  return /^\d{1,6}$/.test(said) ? { afterMs: Math.min(Number(said), 86_400) * 1000 } : {}
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
