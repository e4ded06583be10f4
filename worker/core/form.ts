import { Fault } from './failure.ts'

/** The largest page form; files never pass one. */
export const FORM_LIMIT = 64 * 1024

/**
 * The fields of a urlencoded form, or null when the request is not one. Read here and only here: Remix gets a request
 * without a body, so nothing else can read past the limit.
 */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  const type = request.headers.get('Content-Type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return null
  const bytes = await readAtMost(request, FORM_LIMIT)
  try {
    return new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The form is not valid UTF-8.' })
  }
}

/** A body of at most `limit` bytes. Counts what arrives: Content-Length is only what the client says. */
export async function readAtMost(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('Content-Length') ?? 0) > limit) throw new Fault({ code: 'too_large', limitBytes: limit })
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    const chunk: Uint8Array = step.value
    length += chunk.length
    if (length > limit) throw new Fault({ code: 'too_large', limitBytes: limit })
    chunks.push(chunk)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
