import type { z } from 'zod'
import type { Door } from '../door.ts'
import { Fault, type FieldError } from '../failure.ts'
import { readAtMost } from '../form.ts'
import { asCaller } from './enter.ts'
import { once, type Kept } from './idempotency.ts'
import type { ApiRoute, UploadedFile } from './route.ts'

/** The largest JSON body. Files have a route of their own. */
export const BODY_LIMIT = 256 * 1024

/**
 * Answer one request by its route: read, enter, parse, run, respond. The order is the same for every route, so that what is
 * refused first is the same everywhere: too large, unauthenticated, limited, out of scope, malformed, not allowed, not found.
 */
export async function answerRoute(door: Door, route: ApiRoute, params: Record<string, string>): Promise<Response> {
  const text = route.body === null ? '' : await readJson(door.request)
  const file = route.fileBytes === null ? null : fileOf(door.request, route.fileBytes)
  const key = route.method === 'post' ? door.request.headers.get('Idempotency-Key') : null
  const kept = await asCaller(door, route.scope, (ctx) => {
    const input = {
      params: parsed(route.params, params, '/path'),
      query: parsed(route.query, queryOf(door.url), '/query'),
      body: route.body === null ? null : parsed(route.body, parseJson(text), ''),
      file,
      ifMatch: ifMatchOf(door.request, route),
    }
    const run = async (within: typeof ctx): Promise<Kept> => {
      const answer = await route.run(within, input)
      const headers: Record<string, string> = {}
      if (answer.version !== undefined) headers['ETag'] = `"${answer.version}"`
      if (answer.next) headers['Link'] = `<${nextUrl(door.url, answer.next)}>; rel="next"`
      return { status: route.status, text: route.status === 204 ? '' : JSON.stringify(answer.body), headers }
    }
    return key === null ? run(ctx) : once(ctx, { key, route: `${route.method} ${door.url.pathname}`, body: text, showsOnce: route.showsOnce }, run)
  })
  if (route.method === 'get' && kept.headers['ETag'] && door.request.headers.get('If-None-Match') === kept.headers['ETag']) return new Response(null, { status: 304, headers: kept.headers })
  return new Response(kept.status === 204 ? null : kept.text, { status: kept.status, headers: kept.status === 204 ? kept.headers : { ...kept.headers, 'Content-Type': 'application/json' } })
}

/** The body as a file. What the client says of its length is refused before a byte is read; who reads it counts besides. */
function fileOf(request: Request, limit: number): UploadedFile {
  if (Number(request.headers.get('Content-Length') ?? 0) > limit) throw new Fault({ code: 'too_large', limitBytes: limit })
  const stream = request.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  const begun: { read?: Promise<unknown> } = {}
  const once = <T>(read: () => Promise<T>): Promise<T> => {
    begun.read ??= read().catch((thrown: unknown) => {
      // Refused before the first byte was read: it may be tried again.
      if (!stream.locked) delete begun.read
      throw thrown
    })
    return begun.read as Promise<T> // `as`: one request has one reader
  }
  return { stream, type: request.headers.get('Content-Type'), once }
}

/** What a schema makes of an input; every issue named by JSON pointer. */
export function parsed<T>(schema: z.ZodType<T>, input: unknown, at: string): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors: FieldError[] = result.error.issues.slice(0, 20).map((issue) => ({ pointer: `${at}/${issue.path.map(escapePointer).join('/')}`, detail: issue.message }))
  throw new Fault({ code: 'invalid', errors })
}

/** RFC 6901 §3. */
const escapePointer = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)

async function readJson(request: Request): Promise<string> {
  if (!/^application\/json\b/i.test(request.headers.get('Content-Type') ?? '')) throw new Fault({ code: 'unsupported_media', detail: 'Send JSON with Content-Type: application/json.' })
  const bytes = await readAtMost(request, BODY_LIMIT)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The body is not valid UTF-8.' })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, wellFormed)
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The body is not valid JSON, or holds text that is not valid Unicode.' })
  }
}

/** Half a surrogate pair is JSON but no text (RFC 7493 §2.1): kept, it could be neither an AAD nor the name of a download. */
function wellFormed(name: string, value: unknown): unknown {
  if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) throw new SyntaxError('half a surrogate pair')
  return value
}

/** A parameter sent twice is refused: which one counts is anyone's guess. */
function queryOf(url: URL): Record<string, string> {
  const query = new Map<string, string>()
  for (const [name, value] of url.searchParams) {
    if (query.has(name)) throw new Fault({ code: 'invalid', errors: [{ pointer: `/query/${escapePointer(name)}`, detail: 'Send this parameter once.' }] })
    query.set(name, value)
  }
  return Object.fromEntries(query)
}

function ifMatchOf(request: Request, route: ApiRoute): string | null {
  if (!route.versioned || route.method === 'get' || route.method === 'post') return null
  const sent = request.headers.get('If-Match')
  if (sent === null) throw new Fault({ code: 'precondition_required' })
  return sent.replace(/^W\//, '').replace(/^"|"$/g, '')
}

function nextUrl(url: URL, cursor: string): string {
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `${next.pathname}${next.search}`
}
