import { z } from 'zod'
import type { ApiRoute } from './route.ts'

type Json = Record<string, unknown>

/** Schema of an RFC 9457 problem, referred to by every error answer. */
const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
})

/** What a refusal means, by its status; each operation names those it can give. */
const refusals: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  401: 'No session and no key, or one that is over',
  403: 'The role, the scope or a proof of the person is missing',
  404: 'Nothing that the caller may know of',
  409: 'It no longer fits: somebody was faster, it was done already, or a secret is shown once only (`already_issued`)',
  410: 'Its time is over',
  412: 'It changed since the version named in If-Match',
  413: 'The body is too large',
  415: 'The body is not of a kind that is accepted here',
  422: 'A field needs another look (named by JSON pointer), or the Idempotency-Key was used for another request',
  428: 'If-Match is missing',
  429: 'Over the limit; Retry-After says how long to wait',
  503: 'Not available right now; nothing was done',
}

const text = { type: 'string' } as const

const headers = {
  RateLimit: { description: 'What is left of the tightest limit and the seconds until it is whole again.', schema: text, example: '"key";r=99;t=60' },
  'RateLimit-Policy': { description: 'That limit: quota and window in seconds.', schema: text, example: '"key";q=100;w=60' },
  'Retry-After': { description: 'Seconds to wait before the same request is worth sending again.', schema: { type: 'integer', minimum: 0 } },
  ETag: { description: 'Tag of this very answer; send it in If-None-Match, or in If-Match with a change.', schema: text },
  Link: { description: 'The next page, with `rel="next"`; absent on the last one.', schema: text },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: text },
} as const
type Header = keyof typeof headers

const LIMITED: readonly Header[] = ['RateLimit', 'RateLimit-Policy']
const refs = (names: readonly Header[]): Json => Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** For whom a document is: who they are, and how they prove it. */
export type Readers = {
  readonly title: string
  readonly summary: string
  readonly schemes: Readonly<Record<string, Json>>
  /** The scheme that is left where a route takes no key; absent where every route takes one. */
  readonly withoutKey?: string
}

/** A tenant’s own people and programs. */
const ofTheTenant: Readers = {
  title: 'Countersign API',
  summary: 'What a tenant’s own programs may do with a workspace key.',
  schemes: {
    workspaceKey: { type: 'http', scheme: 'bearer', description: 'A workspace key, issued by an owner, in the Authorization header only.' },
    session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'The session of a signed-in browser; unsafe methods also need X-CSRF-Token.' },
  },
  withoutKey: 'session',
}

/** The OpenAPI 3.1 document of the routes, made from the very schemas that are enforced. */
export function openApiDocument(routes: readonly ApiRoute[], server: { origin: string; version: string }, readers: Readers = ofTheTenant): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route, readers) }
  return {
    openapi: '3.1.0',
    info: {
      title: readers.title,
      version: server.version,
      summary: readers.summary,
      license: { name: 'MIT', identifier: 'MIT' },
      description: 'Lists are pages with signed cursors. Every POST takes an Idempotency-Key and is carried out once within 24 hours. Every GET has an ETag. Errors are RFC 9457 problems. Limits are told in RateLimit fields.',
    },
    servers: [{ url: server.origin }],
    security: Object.keys(readers.schemes).map((scheme) => ({ [scheme]: [] })),
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: readers.schemes,
      schemas: { Problem: schemaOf(Problem, 'output') },
      headers,
      responses: {
        NotModified: { description: 'The caller has this version already', headers: refs(['ETag', ...LIMITED]) },
        ...Object.fromEntries(Object.entries(refusals).map(([status, description]) => [`Problem${status}`, problem(Number(status), description)])),
      },
    },
  }
}

function problem(status: number, description: string): Json {
  const named: Header[] = status === 401 ? ['WWW-Authenticate'] : status === 429 || status === 503 ? ['Retry-After', ...LIMITED] : [...LIMITED]
  return { description, headers: refs(named), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
}

/** The statuses an operation can refuse with, by what its declaration says. */
function refusalsOf(route: ApiRoute): number[] {
  const always = [400, 401, 403, 404, 409, 422, 429, 503]
  const ofBody = route.body || route.fileBytes ? [413, 415] : []
  const ofVersion = changes(route) && route.versioned ? [412, 428] : []
  return [...always, ...ofBody, ...ofVersion, ...route.alsoRefuses].toSorted((one, other) => one - other)
}

const changes = ({ method }: ApiRoute): boolean => method === 'put' || method === 'patch' || method === 'delete'

function operation(route: ApiRoute, { withoutKey }: Readers): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headerParameters(route)]
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.overwritesNothing ? { description: `Takes no If-Match. ${route.overwritesNothing}` } : {}),
    tags: [route.tag],
    ...(route.scope ? { 'x-scope': route.scope } : withoutKey ? { security: [{ [withoutKey]: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.fileBytes ? { requestBody: { required: true, description: `At most ${route.fileBytes} bytes.`, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } } : {}),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } } : {}),
    responses: {
      [route.status]: {
        description: 'Done',
        headers: refs([...(route.method === 'get' || (route.versioned && route.answer) ? (['ETag'] as const) : []), ...('cursor' in route.query.shape ? (['Link'] as const) : []), ...LIMITED]),
        ...(route.answer ? { content: { 'application/json': { schema: schemaOf(route.answer, 'output') } } } : {}),
      },
      ...(route.method === 'get' ? { 304: { $ref: '#/components/responses/NotModified' } } : {}),
      ...Object.fromEntries(refusalsOf(route).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }])),
    },
  }
}

function parametersOf(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] } // `as`: the JSON Schema of an object
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: property }))
}

/** Headers that decide something. `X-CSRF-Token` belongs to the session, not to a route. */
function headerParameters(route: ApiRoute): Json[] {
  const header = (name: string, required: boolean, schema: Json, description: string): Json => ({ name, in: 'header', required, schema, description })
  return [
    ...(route.method === 'get' ? [header('If-None-Match', false, text, 'The ETag the caller has; answered with 304 while it still holds.')] : []),
    ...(route.method === 'post' ? [header('Idempotency-Key', false, { ...text, minLength: 1, maxLength: 255 }, route.showsOnce ? 'The same key within 24 hours is carried out once; a repeat is 409 `already_issued`, for nothing shown once is kept.' : 'The same key within 24 hours is carried out once; a repeat gets the first answer.')] : []),
    ...(changes(route) && route.versioned ? [header('If-Match', true, { ...text, pattern: '^(W/)?"[^"]+"$' }, 'The ETag of the version this change is based on.')] : []),
  ]
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return json
}
