import { redirect, redirectDocument } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RequestId } from '../../../../worker/contracting/packets/contract.ts'
import { fillForRequest } from '../../../../worker/contracting/packets/fill-for-request.ts'
import { readFilled } from '../../../../worker/contracting/packets/read-filled.ts'
import { readRequest } from '../../../../worker/contracting/requests/read-request.ts'
import { issueDocumentLink } from '../../../../worker/core/documents/issue-document-link.ts'
import { Fault, isFault } from '../../../../worker/core/failure.ts'
import { action as posted, page } from '../../../page.ts'
import { RequestPacketPage } from './request-packet-page.tsx'

export const meta = () => [{ title: 'Packet of a request · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Packets', href: '/packets' }, { label: 'Packet of a request' }] }

const idOf = (params: Record<string, string | undefined>): string => {
  const { data } = RequestId.safeParse(params['requestId'])
  if (!data) throw new Fault({ code: 'not_found' })
  return data
}

const none = (thrown: unknown): null => {
  if (isFault(thrown) && thrown.failure.code === 'not_found') return null
  throw thrown
}

export const loader = page(({ door, params }) =>
  door.tenant(async (ctx) => {
    const request = await readRequest(ctx, idOf(params))
    return { request: { id: request.id, state: request.state, producer: request.producer, carrier: request.carrier.name }, packet: await readFilled(ctx, request.id).catch(none) }
  }),
)

export const action = posted(async ({ door, params, form }) => {
  await door.account() // a stranger is sent to sign in, whatever the address
  const id = idOf(params)
  if (form.get('intent') === 'download') {
    const { url } = await door.tenant(async (ctx) => {
      const packet = await readFilled(ctx, id)
      return issueDocumentLink(ctx, packet.signature?.copyId ?? packet.reviewId)
    })
    return redirectDocument(new URL(url).pathname, 303)
  }
  await door.tenant((ctx) => fillForRequest(ctx, id))
  throw redirect(`/requests/${id}/packet`, 303)
})

export default function RequestPacket() {
  const refused = useActionData<typeof action>()
  return <RequestPacketPage {...useLoaderData<typeof loader>()} refused={refused && 'problem' in refused ? refused : null} />
}
