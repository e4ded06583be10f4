import { zValidator } from '@hono/zod-validator'
import type { Context, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import type { Door } from '../door.ts'
import { Fault, type FieldError } from '../failure.ts'
import { readAtMost } from '../form.ts'
import { asCaller } from './enter.ts'
import { tagOfText } from './etag.ts'
import { once, type Kept } from './idempotency.ts'
import type { Answer, ApiRoute, UploadedFile } from './route.ts'

/** The largest JSON body. Files have a route of their own. */
export const BODY_LIMIT = 256 * 1024

/** What a refused schema says, every issue named by JSON pointer: the hook of each validator. */
const refuse = (at: '/path' | '/query' | '') => (result: { success: boolean; error?: { issues: readonly z.core.$ZodIssue[] } }): void => {
  if (result.success) return
  const errors: FieldError[] = (result.error?.issues ?? []).slice(0, 20).map((issue) => ({ pointer: `${at}/${issue.path.map(escapePointer).join('/')}`, detail: issue.message }))
  throw new Fault({ code: 'invalid', errors })
}

/** A route's schemas as Hono's validators, made once; what they make of a request is asked of it with `valid`. A path without parameters has none to look at. */
const validatorsOf = ({ path, params, query, body }: ApiRoute): readonly MiddlewareHandler[] => [
  ...(path.includes('{') ? [zValidator('param', params, refuse('/path'))] : []),
  zValidator('query', query, refuse('/query')),
  ...(body ? [zValidator('json', body, refuse(''))] : []),
]

/** Lets a request in by its route and has it answered there; refuses it otherwise. */
export type Entrance = (door: Door, route: ApiRoute, answer: (ctx: Ctx) => Promise<Kept>) => Promise<Kept>

const byKeyOrSession: Entrance = (door, route, answer) => asCaller(door, route.scope, answer)

/** What answers one route. `c.req` is what Hono made of the request; `door` has looked at it already. */
export function answering(route: ApiRoute, entrance: Entrance = byKeyOrSession): (c: Context, door: Door) => Promise<Response> {
  const validators = validatorsOf(route)
  return (c, door) => answerRoute(c, door, route, { validators, entrance })
}

/**
 * Answer one request by its route: read, enter, parse, run, respond. The order is the same for every route, so that what is
 * refused first is the same everywhere: too large, unauthenticated, limited, out of scope, malformed, not allowed, not found.
 */
async function answerRoute(c: Context, door: Door, route: ApiRoute, { validators, entrance }: { validators: readonly MiddlewareHandler[]; entrance: Entrance }): Promise<Response> {
  const text = route.body === null ? '' : await readJson(door.request)
  if (route.body) c.req.raw = new Request(door.url, { method: door.request.method, headers: door.request.headers, body: text }) // read within its limit, to be read again
  const file = route.fileBytes === null ? null : fileOf(door.request, route.fileBytes)
  const key = route.method === 'post' ? door.request.headers.get('Idempotency-Key') : null
  const kept = await entrance(door, route, async (ctx) => {
    if (route.body) assertJson(text)
    for (const validate of validators) await validate(c, async () => undefined)
    const valid = (target: 'param' | 'query' | 'json'): unknown => c.req.valid(target as never) // `as`: the validators are a list, their types do not add up
    const input = { params: valid('param') ?? {}, query: valid('query'), body: route.body ? valid('json') : null, file, ifMatch: ifMatchOf(door.request, route, ctx) }
    const run = async (within: typeof ctx): Promise<Kept> => keptOf(ctx, route, door.url, await route.run(within, input))
    if (route.method === 'get') return unlessKnown(door.request, await run(ctx))
    return key === null ? run(ctx) : once(ctx, { key, route: `${route.method} ${door.url.pathname}`, body: text, status: route.status, repeat: await repeatOf(ctx, route, door.url) }, run)
  })
  const bare = kept.status === 204 || kept.status === 304
  return new Response(bare ? null : kept.text, { status: kept.status, headers: bare ? kept.headers : { ...kept.headers, 'Content-Type': 'application/json' } })
}

/** The answer, or that the caller has it already. */
const unlessKnown = (request: Request, kept: Kept): Kept => (namesTag(request.headers.get('If-None-Match'), kept.headers['ETag'] ?? '') ? { ...kept, status: 304, text: '' } : kept)

/** What a verb answered as it goes out. */
async function keptOf(ctx: Ctx, route: ApiRoute, url: URL, answer: Answer): Promise<Kept> {
  const headers: Record<string, string> = {}
  const text = route.status === 204 ? '' : JSON.stringify(answer.body)
  const version = answer.version ?? (route.method === 'get' ? await tagOfText(text) : undefined)
  if (version !== undefined) headers['ETag'] = `"${version}${marked(ctx)}"`
  if (answer.next) headers['Link'] = `<${nextUrl(url, answer.next)}>; rel="next"`
  return { status: route.status, text, headers }
}

/** What a repeat of a POST gets (see `once`). A test holds every POST to one of the three. */
async function repeatOf(ctx: Ctx, route: ApiRoute, url: URL): Promise<Parameters<typeof once>[1]['repeat']> {
  if (route.showsOnce) return 'already_issued'
  if (route.status === 204) return keptOf(ctx, route, url, { body: null })
  const { again } = route
  if (!again) throw new Error(`${route.operationId} does not say how its answer is given again`)
  return async (subject) => keptOf(ctx, route, url, { body: await again(ctx, subject) })
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

/** RFC 6901 §3. */
const escapePointer = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)

/** The body's text. A media type is told from its parameters and its case (RFC 9110 §8.3.1). */
async function readJson(request: Request): Promise<string> {
  const [type = ''] = (request.headers.get('Content-Type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') throw new Fault({ code: 'unsupported_media', detail: 'Send JSON with Content-Type: application/json.' })
  const bytes = await readAtMost(request, BODY_LIMIT)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The body is not valid UTF-8.' })
  }
}

/** Half a surrogate pair is JSON but no text (RFC 7493 §2.1): kept, it could be neither an AAD nor the name of a download. */
function assertJson(text: string): void {
  try {
    JSON.parse(text, wellFormed)
  } catch {
    throw new Fault({ code: 'malformed', detail: 'The body is not valid JSON, or holds text that is not valid Unicode.' })
  }
}

function wellFormed(name: string, value: unknown): unknown {
  if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) throw new SyntaxError('half a surrogate pair')
  return value
}

/**
 * The version a change is based on. `*` names none, so it is as good as none here. A tag marked weak counts as the strong one
 * it was: Cloudflare marks it when it compresses an answer on its way.
 */
function ifMatchOf(request: Request, route: ApiRoute, ctx: Ctx): string | null {
  if (!route.versioned || route.method === 'get' || route.method === 'post') return null
  const sent = request.headers.get('If-Match')?.trim()
  if (sent === undefined || sent === '*') throw new Fault({ code: 'precondition_required' })
  const [, tag] = /^(?:W\/)?"([^"]+)"$/.exec(sent) ?? []
  if (tag === undefined) throw new Fault({ code: 'malformed', detail: 'If-Match takes the one ETag of the version you saw, quotes included.' })
  return tag.endsWith(marked(ctx)) ? tag.slice(0, -marked(ctx).length) : 'no version of this tenant'
}

/** Tags name their tenant: the first version of one policy is not that of another, for a session that has switched. */
const marked = (ctx: Ctx): string => `.${ctx.tenant.id.slice(-8)}`

/** If-None-Match compares weakly (RFC 9110 §13.1.2). */
const namesTag = (sent: string | null, tag: string): boolean => (sent ?? '').split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')))

function nextUrl(url: URL, cursor: string): string {
  const search = new URLSearchParams(url.search)
  search.set('cursor', cursor)
  return `${url.pathname}?${search.toString()}`
}
