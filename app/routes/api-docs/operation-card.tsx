import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { curlOf } from './curl-of.ts'
import type { Answer, Documented, Operation, Schema } from './operation.ts'

/** One operation: who may, what it takes, what it answers, how it refuses, and a command to try it with. */
export function OperationCard({ documented, server }: { documented: Documented; server: string }) {
  const { path, method, operation, answers } = documented
  const problems = answers.filter(({ problem }) => problem)
  return (
    <Card id={operation.operationId} title={operation.summary} aside={<StatusChip tone="mute">{operation['x-scope'] ? `key with ${operation['x-scope']}` : 'signed-in person only'}</StatusChip>}>
      <p className="font-mono text-sm break-all">
        <b>{method.toUpperCase()}</b> {path}
      </p>
      {operation.description ? <p className="mt-2 text-sm text-ink-2">{operation.description}</p> : null}
      <div className="mt-4">
        <CodeBlock label={`Command for ${operation.operationId}`} text={curlOf(server, documented)} />
      </div>
      {operation.parameters && operation.parameters.length > 0 ? (
        <FieldList
          title="Parameters"
          fields={operation.parameters.map((parameter) => ({ name: parameter.name, kind: `${kindOf(parameter.schema)}, in ${parameter.in}${parameter.required ? ', required' : ''}`, note: parameter.description }))}
        />
      ) : null}
      {operation.requestBody ? <Body body={operation.requestBody} /> : null}
      {answers.filter(({ problem }) => !problem).map((answer) => <FieldList key={answer.status} title={`Answer ${answer.status}`} fields={answered(answer)} />)}
      <FieldList title="Problems (application/problem+json)" fields={problems.map(({ status, says }) => ({ name: status, kind: says }))} />
    </Card>
  )
}

/** A JSON body field by field; a file is a file. */
function Body({ body }: { body: NonNullable<Operation['requestBody']> }) {
  const json = body.content['application/json']
  return json ? <FieldList title="Body (JSON)" fields={fieldsOf(json.schema)} /> : <FieldList title="Body" fields={[{ name: 'the file itself', kind: 'bytes', note: body.description }]} />
}

type Field = { name: string; kind: string; note?: string | undefined }

function FieldList({ title, fields }: { title: string; fields: readonly Field[] }) {
  return (
    <div className="mt-4">
      <h3 className="mb-1 text-sm text-ink-3">{title}</h3>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[14rem_1fr]">
        {fields.map((field) => (
          <div key={field.name} className="contents">
            <dt className="font-mono text-xs leading-5">{field.name}</dt>
            <dd className="text-ink-2 max-sm:mb-1">
              {field.kind}
              {field.note ? `. ${field.note}` : ''}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const answered = ({ schema, says }: Answer): Field[] => (schema ? fieldsOf(schema) : [{ name: 'no body', kind: says }])

const fieldsOf = (schema: Schema, under = ''): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = { name: under + name, kind: `${kindOf(property)}${schema.required?.includes(name) ? ', required' : ''}`, note: property.description }
    const inside = property.items ?? property
    return [own, ...(inside.properties ? fieldsOf(inside, `${under}${name}${property.items ? '[].' : '.'}`) : [])]
  })

function kindOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.items) return `list of ${kindOf(schema.items)}`
  const kind = [schema.type].flat().filter(Boolean).join(' or ') || 'any'
  return `${kind}${schema.format ? ` (${schema.format})` : ''}${boundsOf(schema)}${schema.default === undefined ? '' : `, ${String(schema.default)} by default`}`
}

/** Bounds that somebody chose; those of a safe integer say nothing. */
function boundsOf({ minimum, maximum, minLength, maxLength }: Schema): string {
  const chosen = (bound: number | undefined): bound is number => bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER
  const between = (from: number | undefined, to: number | undefined, what: string): string =>
    chosen(from) && chosen(to) ? `, ${from} to ${to}${what}` : chosen(to) ? `, at most ${to}${what}` : chosen(from) && from > 0 ? `, at least ${from}${what}` : ''
  return between(minimum, maximum, '') + between(minLength, maxLength, ' characters')
}
