import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type UIMatch } from '@remix-run/react'
import { attachForm } from '../../../../worker/contracting/packets/attach-form.ts'
import { AttachForm, MapFields, PacketId, type PacketFormView } from '../../../../worker/contracting/packets/contract.ts'
import { mapFields } from '../../../../worker/contracting/packets/map-fields.ts'
import { publishPacket, retirePacket } from '../../../../worker/contracting/packets/publish-packet.ts'
import { readPacket } from '../../../../worker/contracting/packets/read-packet.ts'
import { listDocuments } from '../../../../worker/core/documents/list-documents.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, input, page } from '../../../page.ts'
import { PacketPage } from './packet-page.tsx'
import { rulesFrom } from './rule-form.ts'

export const meta = () => [{ title: 'Packet · Countersign' }]
export const handle = { crumbs: ({ data }: UIMatch<{ view: PacketFormView }>) => [{ label: 'Packets', href: '/packets' }, { label: data?.view.packet.name ?? 'Packet' }] }

const idOf = (params: Record<string, string | undefined>): string => {
  const { data } = PacketId.safeParse(params['packetId'])
  if (!data) throw new Fault({ code: 'not_found' })
  return data
}

/** The newest PDFs among the tenant's documents: what can be added. */
const CHOICES = 100

/** Which form and page of it stand in the address. */
export const loader = page(async ({ door, params, url }) => {
  await door.account() // a stranger is sent to sign in, whatever the address
  const id = idOf(params)
  const { view, documents } = await door.tenant(async (ctx) => ({ view: await readPacket(ctx, id), documents: (await listDocuments(ctx, { state: 'stored' }, { limit: CHOICES })).documents.filter(({ mediaType }) => mediaType === 'application/pdf').map(({ id: document, name }) => ({ id: document, name })) }))
  const part = within(url.searchParams.get('form'), view.parts.length - 1, 0)
  return { view, documents, part, page: within(url.searchParams.get('page'), view.parts[part]?.pages ?? 1, 1), saved: url.searchParams.get('saved') === '1' }
})

const within = (asked: string | null, most: number, least: number): number => Math.max(least, Math.min(most, Number.parseInt(asked ?? '', 10) || least))

export const action = posted(async ({ door, params, form, url }) => {
  await door.account()
  const id = idOf(params)
  const intent = form.get('intent')
  if (intent === 'attach') {
    const own = form.get('own_form') ?? ''
    await door.tenant((ctx) => attachForm(ctx, id, input(AttachForm, own === '' ? { document_id: form.get('document_id') ?? '' } : { own_form: own })))
    throw redirect(`/packets/${id}`, 303)
  }
  if (intent === 'publish') await door.tenant((ctx) => publishPacket(ctx, id))
  else if (intent === 'retire') await door.tenant((ctx) => retirePacket(ctx, id))
  else await door.tenant((ctx) => mapFields(ctx, id, Number(form.get('edition')), input(MapFields, rulesFrom(form))))
  const query = new URLSearchParams({ form: url.searchParams.get('form') ?? '0', page: url.searchParams.get('page') ?? '1', saved: '1' })
  throw redirect(`/packets/${id}?${query}`, 303)
})

export default function Packet() {
  return <PacketPage {...useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />
}
