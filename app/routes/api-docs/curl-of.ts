import type { Documented, Operation, Schema } from './operation.ts'

/**
 * A command that carries out the operation once its `…` are filled in: with a workspace key where one may, otherwise with a
 * browser's session and its token.
 */
export function curlOf(server: string, { path, method, operation }: Documented): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(sampleOf(operation.parameters?.find((each) => each.name === name)?.schema ?? {})))
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${quoted(`${server}${filled}`)}`, ...callerOf(server, method, operation)]
  if (takes(operation, 'Idempotency-Key')) lines.push('-H "Idempotency-Key: $(uuidgen)"')
  if (takes(operation, 'If-Match')) lines.push(`-H ${quoted('If-Match: "…"')}`)
  const { requestBody: body } = operation
  const json = body?.content['application/json']?.schema
  if (json) lines.push(`-H ${quoted('Content-Type: application/json')}`, `-d ${quoted(JSON.stringify(sampleOf(json)))}`)
  else if (body) lines.push(`-H ${quoted('Content-Type: application/pdf')}`, '--data-binary @file.pdf')
  return lines.join(' \\\n  ')
}

function callerOf(server: string, method: string, operation: Operation): string[] {
  if (operation['x-scope']) return [`-H ${quoted('Authorization: Bearer cs_key_…')}`]
  if (method === 'get') return [`-b ${quoted('__Host-session=…')}`]
  return [`-b ${quoted('__Host-session=…; __Host-csrf=…')}`, `-H ${quoted('X-CSRF-Token: …')}`, `-H ${quoted(`Origin: ${server}`)}`]
}

const takes = ({ parameters = [] }: Operation, header: string): boolean => parameters.some((each) => each.in === 'header' && each.name === header)

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A value of the schema with what is required in it; `…` stands for what only the caller knows. */
export function sampleOf(schema: Schema): unknown {
  const [choice] = schema.anyOf ?? []
  if (choice) return sampleOf(choice)
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return [sampleOf(schema.items ?? {})]
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return schema.format === 'email' ? 'ivy@example.com' : `${/^\^([a-z]+_)/.exec(schema.pattern ?? '')?.[1] ?? ''}…`
  }
}

/** An object in which nothing is required shows its first field. */
function objectOf({ properties = {}, required = [] }: Schema): Record<string, unknown> {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1)
  return Object.fromEntries(names.flatMap((name) => (properties[name] ? [[name, sampleOf(properties[name])]] : [])))
}
