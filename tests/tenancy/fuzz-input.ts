import fc, { type Arbitrary } from 'fast-check'
import { bent, fitting, naughty, type Schema } from './json-schema-input.ts'

/** A request as text and bytes, before anybody has signed it. */
export type Input = { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> | null; readonly operation: string; /** Method and path are the operation's own, as a client's URL parser sends them: whatever is answered is one of its answers. */ readonly straight: boolean }

type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly required?: boolean; readonly schema: Schema }
type Operation = { readonly operationId: string; readonly parameters?: readonly Parameter[]; readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }; readonly responses: Readonly<Record<string, unknown>> }
export type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

const encoder = new TextEncoder()

/** Requests made from an OpenAPI document: a good half that fit it, the rest bent, cut, doubled or mislabelled. */
export function inputs(document: Document, known: readonly string[]): Arbitrary<Input> {
  // Each operation's arbitrary is made once: a pattern costs a hundred times more to read than to fill.
  return fc.oneof(...Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => inputOf({ path, method, operation }, known))))
}

function inputOf({ path, method, operation }: { path: string; method: string; operation: Operation }, known: readonly string[]): Arbitrary<Input> {
  const placed = (where: Parameter['in']) => (operation.parameters ?? []).filter((parameter) => parameter.in === where)
  const values = (parameters: readonly Parameter[]) =>
    fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, mostly(name === 'If-None-Match' ? anyTag(fitting(schema, known)) : fitting(schema, known), fc.constantFrom(...naughty))])), { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) })
  return fc
    .record({ params: values(placed('path')), query: values(placed('query')), header: values(placed('header')), body: bodyOf(operation, known), odd: fc.integer({ min: 0, max: 99 }), spice: fc.constantFrom(...naughty) })
    .map(({ params, query, header, body, odd, spice }) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(String(params[name] ?? '')))
      const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))
      if (odd === 1) search.append(search.keys().next().value ?? 'cursor', spice)
      if (odd === 2) search.append(spice, spice)
      const text = search.toString()
      const headers = { ...(body ? { 'Content-Type': body.type } : {}), ...safeHeaders(header), ...(odd === 3 ? { 'Content-Type': 'text/plain' } : {}), ...(odd === 4 ? safeHeaders({ 'If-None-Match': spice, Range: 'bytes=0-', 'X-HTTP-Method-Override': 'DELETE' }) : {}) }
      return {
        operation: operation.operationId,
        straight: (odd < 5 || odd > 8) && new URL(filled, 'https://any.test').pathname === filled,
        method: odd === 5 ? 'PATCH' : method.toUpperCase(),
        path: `${odd === 6 ? `${filled}/` : odd === 7 ? filled.replace('/v1/', '/v1//') : odd === 8 ? `${filled}%00` : filled}${text ? `?${text}` : ''}`,
        headers,
        body: body?.bytes ?? null,
      }
    })
}

type Body = { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }

function bodyOf({ requestBody }: Operation, known: readonly string[]): Arbitrary<Body | null> {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  if (!type || !content) return fc.constant(null)
  if (type !== 'application/json') return fc.uint8Array({ maxLength: 400 }).map((bytes) => ({ type, bytes: Uint8Array.from([...(bytes.length % 3 === 0 ? encoder.encode('%PDF-1.7\n') : []), ...bytes]) }))
  const json = (value: unknown): Body => ({ type, bytes: encoder.encode(JSON.stringify(value) ?? '') })
  return fc.oneof(
    { arbitrary: fitting(content.schema, known).map(json), weight: 5 },
    { arbitrary: bent(content.schema, known).map(json), weight: 4 },
    { arbitrary: fc.tuple(fitting(content.schema, known), fc.nat(200)).map(([value, cut]): Body => ({ type, bytes: json(value).bytes.slice(0, cut) })), weight: 1 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): Body => ({ type, bytes: Uint8Array.from(bytes) })), weight: 1 },
    { arbitrary: fc.constantFrom('[1,', '{"a":1,"a":2}', '"x', '1e400', '[[[[[[[[[[', `${'['.repeat(20_000)}`, `{"a":"${'x'.repeat(300_000)}"}`).map((text): Body => ({ type, bytes: encoder.encode(text) })), weight: 1 },
  )
}

/** A tag that is right is seldom guessed among all the ids there are; `*` stands for every one (RFC 9110 §13.1.2). */
const anyTag = <A>(guessed: Arbitrary<A>): Arbitrary<A | string> => fc.oneof({ arbitrary: guessed, weight: 7 }, { arbitrary: fc.constant('*'), weight: 1 })

const mostly = <A, B>(usual: Arbitrary<A>, other: Arbitrary<B>): Arbitrary<A | B> => fc.oneof({ arbitrary: usual, weight: 4 }, { arbitrary: other, weight: 1 })

/** A path segment, lone surrogates and all: what encodeURIComponent refuses goes as the bytes some client would send. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}

/** What HTTP allows in a header; the rest cannot be sent at all. */
const safeHeaders = (headers: Readonly<Record<string, unknown>>): Record<string, string> => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value).replaceAll(/[^\x20-\x7e]/g, '').trim()]))
