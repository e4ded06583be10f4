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

/** The OpenAPI 3.1 document of the routes, made from the very schemas that are enforced. */
export function openApiDocument(routes: readonly ApiRoute[], server: { origin: string; version: string }): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign API',
      version: server.version,
      summary: 'What a tenant’s own programs may do with a workspace key.',
      license: { name: 'MIT', identifier: 'MIT' },
      description: 'Lists are pages with signed cursors. Every POST takes an Idempotency-Key and is carried out once within 24 hours. Errors are RFC 9457 problems. Limits are told in RateLimit fields.',
    },
    servers: [{ url: server.origin }],
    security: [{ workspaceKey: [] }, { session: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        workspaceKey: { type: 'http', scheme: 'bearer', description: 'A workspace key, issued by an owner, in the Authorization header only.' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'The session of a signed-in browser; unsafe methods also need X-CSRF-Token.' },
      },
      schemas: { Problem: schemaOf(Problem, 'output') },
      responses: { Problem: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    },
  }
}

function operation(route: ApiRoute): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headerParameters(route)]
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...(route.scope ? { 'x-scope': route.scope } : { security: [{ session: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.fileBytes ? { requestBody: { required: true, description: `At most ${route.fileBytes} bytes.`, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } } : {}),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } } : {}),
    responses: {
      [route.status]: route.answer
        ? { description: 'Done', content: { 'application/json': { schema: schemaOf(route.answer, 'output') } } }
        : { description: 'Done' },
      ...Object.fromEntries([...(route.fileBytes ? ['413', '415'] : []), '400', '401', '403', '404', '409', '422', '429', '503'].map((status) => [status, { $ref: '#/components/responses/Problem' }])),
    },
  }
}

function parametersOf(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] } // `as`: the JSON Schema of an object
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: property }))
}

function headerParameters(route: ApiRoute): Json[] {
  const headers: Json[] = []
  if (route.method === 'post') headers.push({ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 }, description: 'The same key within 24 hours is carried out once.' })
  if (route.versioned && route.method !== 'get' && route.method !== 'post') headers.push({ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } })
  return headers
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return json
}
