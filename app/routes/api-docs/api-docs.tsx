import { useLoaderData } from '@remix-run/react'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { OnThisPage } from '../../ui/on-this-page.tsx'
import { documentedOf, type OpenApi } from './operation.ts'
import { OperationCard } from './operation-card.tsx'

/** The document itself, flattened for reading; the page has no words of its own about any route. */
export const loader = page(async ({ product, door }) => {
  const document = product.openApi() as unknown as OpenApi // `as`: we made it, in openapi.ts
  return { info: document.info, server: document.servers[0]?.url ?? '', routes: documentedOf(document), now: door.now }
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
      {routes.map((documented) => (
        <OperationCard key={documented.operation.operationId} documented={documented} server={server} />
      ))}
    </TrustFrame>
  )
}
