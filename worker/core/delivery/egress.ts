import { addressRefusal, type Surroundings } from './egress-rule.ts'

/** How long the other side may take for everything, its body included. */
export const EGRESS_MS = 10_000
/** The longest answer that is read. */
export const EGRESS_BYTES = 1024 * 1024

/** A secret for one origin: it was sealed together with the origin it may be sent to, and goes nowhere else. */
export type Credential = { readonly origin: string; readonly header: string; readonly value: string }

export type EgressRequest = {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly credential?: Credential
}

/** What came of it. `status` is whatever the other side said; a redirect is not followed and not an answer. */
export type EgressAnswer =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly ok: false; readonly reason: 'refused_address' | 'timeout' | 'unreachable' | 'redirected' | 'too_large' }

/**
 * The one way out: every outbound call of the product goes through here (held by an architecture test). Never throws; the
 * reason it gives is a word of ours, so that nothing the other side says reaches a log or an error.
 */
export async function egress(request: EgressRequest, surroundings: Surroundings): Promise<EgressAnswer> {
  if (addressRefusal(request.url, surroundings) !== null) return { ok: false, reason: 'refused_address' }
  const { credential } = request
  if (credential && new URL(request.url).origin !== credential.origin) return { ok: false, reason: 'refused_address' }

  const headers = new Headers(request.headers)
  if (credential) headers.set(credential.header, credential.value)
  const signal = AbortSignal.timeout(EGRESS_MS)
  try {
    const response = await fetch(request.url, { method: request.method, headers, redirect: 'manual', signal, ...(request.body === undefined ? {} : { body: request.body }) })
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel()
      return { ok: false, reason: 'redirected' }
    }
    const body = await textAtMost(response, EGRESS_BYTES)
    return body === null ? { ok: false, reason: 'too_large' } : { ok: true, status: response.status, headers: response.headers, body }
  } catch {
    return { ok: false, reason: signal.aborted ? 'timeout' : 'unreachable' }
  }
}

async function textAtMost(response: Response, limit: number): Promise<string | null> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let length = 0
  let text = ''
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    const chunk: Uint8Array = step.value
    length += chunk.length
    if (length > limit) {
      await reader?.cancel()
      return null
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
