import { expect, test } from 'vitest'
import { asStranger, ORIGIN } from '../../../tests/support/scene.ts'
import { apiRoutes } from '../../modules.ts'

// No validator of OpenAPI is among our dependencies: these are the rules of the 3.1.0 specification that our document could break.

type Node = Record<string, unknown>
type Parameter = { name: string; in: string; required?: boolean; schema: Node }
type Operation = { operationId: string; summary: string; tags: string[]; parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Node }> }; responses: Record<string, Node>; security?: Record<string, unknown[]>[] }
type Document = { openapi: string; info: Node; servers: { url: string }[]; tags: { name: string }[]; paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, Node>> }

const read = async (): Promise<Document> => (await asStranger().call('/api/openapi.json')).json()
const operationsOf = ({ paths }: Document) => Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation, title: `${method} ${path}` })))

/** Field names that the specification knows, for the objects we use. */
const known: Readonly<Record<string, readonly string[]>> = {
  root: ['openapi', 'info', 'jsonSchemaDialect', 'servers', 'paths', 'webhooks', 'components', 'security', 'tags', 'externalDocs'],
  info: ['title', 'summary', 'description', 'termsOfService', 'contact', 'license', 'version'],
  components: ['schemas', 'responses', 'parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems'],
  operation: ['tags', 'summary', 'description', 'externalDocs', 'operationId', 'parameters', 'requestBody', 'responses', 'callbacks', 'deprecated', 'security', 'servers'],
  parameter: ['name', 'in', 'description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved', 'schema', 'example', 'examples', 'content'],
  response: ['description', 'headers', 'content', 'links'],
  header: ['description', 'required', 'deprecated', 'style', 'explode', 'schema', 'example', 'examples', 'content'],
}
const unknown = (kind: string, node: object): string[] => Object.keys(node).filter((name) => !known[kind]?.includes(name) && !name.startsWith('x-'))

/** What a reference of the document points at, or undefined. */
const target = (document: Document, ref: string): unknown => ref.replace(/^#\//, '').split('/').reduce<unknown>((node, part) => (node as Node | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document) // `as`: walked by name

function* nodesOf(node: unknown): Generator<Node> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield node as Node // `as`: an object
  for (const inside of Object.values(node)) yield* nodesOf(inside)
}

test('the document is OpenAPI 3.1: known fields only, every reference leads somewhere, every name is said once', async () => {
  const document = await read()
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.servers).toEqual([{ url: ORIGIN }])
  expect([unknown('root', document), unknown('info', document.info), unknown('components', document.components)]).toEqual([[], [], []])
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  const refs = [...nodesOf(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(refs.length).toBeGreaterThan(100)
  expect(refs.filter((ref) => !ref.startsWith('#/') || target(document, ref) === undefined)).toEqual([])
  for (const names of Object.values(document.components)) for (const name of Object.keys(names)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/)
  const ids = operationsOf(document).map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('each operation has its tag, its path’s parameters, responses with descriptions and schemas that JSON Schema knows', async () => {
  const document = await read()
  const tags = document.tags.map(({ name }) => name)
  for (const { path, method, operation, title } of operationsOf(document)) {
    expect(['get', 'put', 'post', 'delete', 'patch'], title).toContain(method)
    expect(unknown('operation', operation), title).toEqual([])
    expect(operation.tags.filter((tag) => !tags.includes(tag)), title).toEqual([])
    const parameters = operation.parameters ?? []
    for (const parameter of parameters) expect([unknown('parameter', parameter), ['path', 'query', 'header'].includes(parameter.in), typeof parameter.schema], title).toEqual([[], true, 'object'])
    const inPath = parameters.filter((each) => each.in === 'path')
    expect(inPath.map(({ name }) => name).toSorted(), title).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted())
    expect(inPath.every(({ required }) => required), title).toBe(true)
    expect(new Set(parameters.map((each) => `${each.in} ${each.name.toLowerCase()}`)).size, title).toBe(parameters.length)
    expect(method === 'get' && operation.requestBody, title).toBeFalsy()
    for (const [status, response] of Object.entries(operation.responses)) {
      const whole = (typeof response['$ref'] === 'string' ? target(document, response['$ref']) : response) as Node // `as`: looked up above
      expect(status, title).toMatch(/^[2-5]\d\d$/)
      expect([unknown('response', whole), typeof whole['description']], `${title} ${status}`).toEqual([[], 'string'])
    }
    for (const requirement of operation.security ?? []) for (const scheme of Object.keys(requirement)) expect(document.components['securitySchemes'], title).toHaveProperty(scheme)
  }
  for (const header of Object.values(document.components['headers'] ?? {})) expect(unknown('header', header)).toEqual([])
  const types = [...nodesOf(document.paths)].flatMap(({ type }) => (typeof type === 'string' ? [type] : []))
  expect([...new Set(types)].filter((type) => !['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'].includes(type))).toEqual([])
})

test('it names what a client must be ready for: 304, 412, 413, 415, 428, 429, keys of idempotency, limits and pages', async () => {
  const document = await read()
  const headersOf = (response: Node | undefined): string[] => Object.keys(((response?.['$ref'] ? target(document, String(response['$ref'])) : response) as { headers?: object }).headers ?? {}) // `as`: looked up above
  for (const { method, operation, title } of operationsOf(document)) {
    const route = apiRoutes.find(({ operationId }) => operationId === operation.operationId)
    const has = (status: number): boolean => String(status) in operation.responses
    const takes = (name: string): boolean => (operation.parameters ?? []).some((each) => each.in === 'header' && each.name === name)
    const changes = method !== 'get' && method !== 'post'
    expect([has(304), takes('If-None-Match')], title).toEqual([method === 'get', method === 'get'])
    expect(takes('Idempotency-Key'), title).toBe(method === 'post')
    expect([has(428), takes('If-Match')], title).toEqual(Array(2).fill(changes && route?.versioned))
    expect(has(412), title).toBe((changes && route?.versioned) || route?.alsoRefuses.includes(412))
    expect([has(413), has(415)], title).toEqual(Array(2).fill(Boolean(operation.requestBody)))
    expect(headersOf(operation.responses['429']), title).toEqual(['Retry-After', 'RateLimit', 'RateLimit-Policy'])
    expect(headersOf(operation.responses[String(route?.status)]), title).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy', ...(method === 'get' ? ['ETag'] : [])]))
    const list = (operation.parameters ?? []).some((each) => each.name === 'cursor')
    expect(headersOf(operation.responses[String(route?.status)]).includes('Link'), title).toBe(list)
  }
})

test('a change that takes no If-Match says why nobody’s change is undone by it, and a POST can give its answer again', () => {
  const changes = apiRoutes.filter(({ method }) => ['put', 'patch', 'delete'].includes(method))
  expect(changes.length).toBeGreaterThan(4)
  expect(changes.filter(({ versioned, overwritesNothing }) => versioned === (overwritesNothing !== null)).map(({ operationId }) => operationId)).toEqual([])
  const posts = apiRoutes.filter(({ method }) => method === 'post')
  expect(posts.filter(({ showsOnce, status, again }) => !showsOnce && status !== 204 && again === null).map(({ operationId }) => operationId)).toEqual([])
})

test('the docs page on our own origin shows each operation with its parameters, bodies, answers, problems and a command, and asks nobody else for anything', async () => {
  const document = await read()
  const html = await (await asStranger().page('/api/docs')).text()
  expect([...html.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map(([, url]) => url).filter((url) => !url?.startsWith(ORIGIN))).toEqual([])
  for (const { path, method, operation, title } of operationsOf(document)) {
    const [, card = ''] = html.split(`id="${operation.operationId}"`)
    const shown = (card.split('</section>')[0] ?? '').replaceAll('&quot;', '"').replaceAll('&#x27;', "'")
    expect(shown, title).toContain(`<b>${method.toUpperCase()}</b> <!-- -->${path}`)
    for (const { name } of operation.parameters ?? []) expect(shown, `${title} ${name}`).toContain(`>${name}</dt>`)
    const body = operation.requestBody?.content['application/json']?.schema as { properties?: object } | undefined // `as`: a JSON Schema
    for (const name of Object.keys(body?.properties ?? {})) expect(shown, `${title} ${name}`).toContain(`>${name}</dt>`)
    for (const status of Object.keys(operation.responses)) expect(shown, `${title} ${status}`).toMatch(new RegExp(`Answer (<!-- -->)?${status}|>${status}</dt>`))
    expect(shown, title).toContain(`${method === 'get' ? 'curl ' : `curl -X ${method.toUpperCase()} `}'${ORIGIN}/api/v1/`)
    expect(shown, title).toContain(`>Command for ${operation.operationId}</figcaption>`)
  }
})
