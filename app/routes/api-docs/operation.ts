/** A JSON Schema, as far as the page reads it. */
export type Schema = {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  description?: string
}

type Response = { $ref?: string; description?: string; content?: { 'application/json'?: { schema: Schema } } }

export type Parameter = { name: string; in: string; required: boolean; schema: Schema; description?: string }

/** One operation of the OpenAPI document. */
export type Operation = {
  operationId: string
  summary: string
  description?: string
  'x-scope'?: string
  parameters?: Parameter[]
  requestBody?: { description?: string; content: { 'application/json'?: { schema: Schema } } }
  responses: Record<string, Response>
}

export type OpenApi = {
  info: { version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, Response> }
}

/** An operation with where it is, and with what its answers mean. */
export type Documented = { readonly path: string; readonly method: string; readonly operation: Operation; readonly answers: readonly Answer[] }

/** `problem`: a refusal, as an RFC 9457 problem. */
export type Answer = { readonly status: string; readonly says: string; readonly problem: boolean; readonly schema: Schema | null }

/** Every operation in the order of the document, references followed. */
export const documentedOf = ({ paths, components }: OpenApi): Documented[] =>
  Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation, answers: answersOf(operation, components.responses) })))

const answersOf = ({ responses }: Operation, shared: OpenApi['components']['responses']): Answer[] =>
  Object.entries(responses).map(([status, response]) => {
    const { description, content } = shared[response.$ref?.split('/').at(-1) ?? ''] ?? response
    return { status, says: description ?? '', problem: Number(status) >= 400, schema: content?.['application/json']?.schema ?? null }
  })
