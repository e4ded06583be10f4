import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { Reason, requestKinds } from '../../../../worker/contracting/requests/contract.ts'
import { endRequest, makeReady, reopenRequest } from '../../../../worker/contracting/requests/move-request.ts'
import { readRequest, type RequestPageView } from '../../../../worker/contracting/requests/read-request.ts'
import { transmitRequest } from '../../../../worker/contracting/requests/transmit-request.ts'
import { action as posted, input, page } from '../../../page.ts'
import type { PageHandle } from '../../../shell/crumbs.tsx'
import { RequestPage } from './request-page.tsx'

const titleOf = (request: RequestPageView | undefined): string => (request ? `${requestKinds[request.kind]}: ${request.producer}` : 'Request')

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${titleOf(data)} · Countersign` }]
export const handle: PageHandle<RequestPageView | undefined> = { crumbs: (request) => [{ label: 'Requests', href: '/requests' }, { label: titleOf(request) }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readRequest(ctx, params['requestId'] ?? '')))

/** One step of the request, at the version that was seen. */
export const action = posted(async ({ door, params, form }) => {
  const seen = { id: params['requestId'] ?? '', version: Number(form.get('version')) }
  const intent = form.get('intent') ?? ''
  switch (intent) {
    case 'ready':
      await door.tenant((ctx) => makeReady(ctx, seen))
      break
    case 'draft':
      await door.tenant((ctx) => reopenRequest(ctx, seen))
      break
    case 'transmitted':
      await door.tenant((ctx) => transmitRequest(ctx, seen))
      break
    default: {
      const { reason } = input(Reason.transform((said) => ({ reason: said })), form.get('reason') ?? '')
      await door.tenant((ctx) => endRequest(ctx, seen, reason))
    }
  }
  throw redirect(`/requests/${seen.id}?done=${['ready', 'draft', 'transmitted'].includes(intent) ? intent : 'terminated'}`)
})

export default function Request() {
  const request = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const [search] = useSearchParams()
  return <RequestPage request={request} refused={refused} done={refused ? null : search.get('done')} />
}
