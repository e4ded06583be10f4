import { useLoaderData } from '@remix-run/react'
import { page } from '../../page.ts'
import { TrustFrame } from '../../shell/trust-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { OnThisPage } from '../../ui/on-this-page.tsx'
import { documentedOf, type OpenApi } from './operation.ts'
import { OperationCard } from './operation-card.tsx'

/** The document itself, flattened for reading; the page has no words of its own about any route. */
export const loader = page(async ({ product, door, url }) => {
  const carriers = url.searchParams.get('for') === 'carriers'
  const document = (carriers ? product.carrierOpenApi() : product.openApi()) as unknown as OpenApi // `as`: we made it, in openapi.ts
  return { carriers, info: document.info, server: document.servers[0]?.url ?? '', routes: documentedOf(document), now: door.now }
})

export const meta = () => [{ title: 'API · Countersign' }]

export default function ApiDocs() {
  const { carriers, info, server, routes, now } = useLoaderData<typeof loader>()
  return (
    <TrustFrame
      brand="Countersign"
      title={carriers ? 'The carriers’ API' : 'The API'}
      lead={info.description}
      now={now}
      actions={
        <>
          <LinkButton href={carriers ? '/api/docs' : '/api/docs?for=carriers'} tone="quiet">
            {carriers ? 'For a tenant’s own programs' : 'For carriers'}
          </LinkButton>
          <LinkButton href={carriers ? '/api/carrier/openapi.json' : '/api/openapi.json'} reload>
            OpenAPI 3.1 document
          </LinkButton>
        </>
      }
    >
      <CodeBlock label="A first call" text={carriers ? `curl ${server}/api/carrier/v1/applications -H 'Authorization: Bearer cs_cky_…'` : `curl ${server}/api/v1/members -H 'Authorization: Bearer cs_key_…'`} />
      <OnThisPage
        parts={routes.map(({ path, method, operation }) => ({
          id: operation.operationId,
          label: (
            <span className="font-mono text-xs">
              {method.toUpperCase()} {path.replace(/^\/api\/(carrier\/)?v1/, '')}
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
