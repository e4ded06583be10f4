import { useLoaderData } from '@remix-run/react'
import { page } from '../page.ts'
import { TrustFrame } from '../shell/trust-frame.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { OnThisPage } from '../ui/on-this-page.tsx'
import { StatusChip } from '../ui/status-chip.tsx'

type Schema = { type?: string | string[]; format?: string; enum?: unknown[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema; description?: string }
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  'x-scope'?: string
  parameters?: { name: string; in: string; required: boolean; schema: Schema; description?: string }[]
  requestBody?: { description?: string; content: { 'application/json'?: { schema: Schema } } }
  responses: Record<string, { content?: { 'application/json'?: { schema: Schema } } }>
}
type OpenApi = { info: { version: string; description: string }; servers: { url: string }[]; paths: Record<string, Record<string, Operation>> }

/** The document itself, flattened for reading; the page has no words of its own about any route. */
export const loader = page(async ({ product, door }) => {
  const document = product.openApi() as unknown as OpenApi // `as`: we made it, in openapi.ts
  const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
  return { info: document.info, server: document.servers[0]?.url ?? '', routes, now: door.now }
})

export const meta = () => [{ title: 'API · Countersign' }]

export default function ApiDocs() {
  const { info, server, routes, now } = useLoaderData<typeof loader>()
  return (
    <TrustFrame brand="Countersign" title="The API" lead={info.description} now={now} actions={<LinkButton href="/api/openapi.json" reload>OpenAPI 3.1 document</LinkButton>}>
      <CodeBlock label="A first call" text={`curl ${server}/api/v1/members -H 'Authorization: Bearer cs_key_…'`} />
      <OnThisPage
        parts={routes.map(({ path, method, operation }) => ({
          id: operation.operationId,
          label: (
            <span className="font-mono text-xs">
              {method.toUpperCase()} {path.replace('/api/v1', '')}
            </span>
          ),
        }))}
      />
      {routes.map(({ path, method, operation }) => (
        <Card key={operation.operationId} id={operation.operationId} title={operation.summary} aside={<StatusChip tone="mute">{operation['x-scope'] ? `key with ${operation['x-scope']}` : 'signed-in person only'}</StatusChip>}>
          <p className="font-mono text-sm break-all">
            <b>{method.toUpperCase()}</b> {path}
          </p>
          {operation.parameters && operation.parameters.length > 0 ? (
            <FieldList
              title="Parameters"
              fields={operation.parameters.map((parameter) => ({ name: parameter.name, kind: `${kindOf(parameter.schema)}, in ${parameter.in}${parameter.required ? ', required' : ''}`, note: parameter.description }))}
            />
          ) : null}
          {operation.requestBody ? <Body body={operation.requestBody} /> : null}
          {Object.entries(operation.responses).flatMap(([status, response]) => {
            const schema = response.content?.['application/json']?.schema
            return schema ? [<FieldList key={status} title={`Answer ${status}`} fields={fieldsOf(schema)} />] : []
          })}
        </Card>
      ))}
    </TrustFrame>
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

const fieldsOf = (schema: Schema, under = ''): Field[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const own = { name: under + name, kind: `${kindOf(property)}${schema.required?.includes(name) ? ', required' : ''}`, note: property.description }
    const inside = property.items ?? property
    return [own, ...(inside.properties ? fieldsOf(inside, `${under}${name}${property.items ? '[].' : '.'}`) : [])]
  })

const kindOf = (schema: Schema): string =>
  schema.enum ? schema.enum.map(String).join(' | ') : schema.items ? `list of ${kindOf(schema.items)}` : [schema.type].flat().filter(Boolean).join(' or ') + (schema.format ? ` (${schema.format})` : '') || 'any'
