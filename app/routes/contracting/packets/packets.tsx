import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listCarriers } from '../../../../worker/contracting/carriers/list-carriers.ts'
import { addPacket } from '../../../../worker/contracting/packets/add-packet.ts'
import { AddPacket } from '../../../../worker/contracting/packets/contract.ts'
import { listPackets } from '../../../../worker/contracting/packets/list-packets.ts'
import { action as posted, input, page } from '../../../page.ts'
import { PacketsPage } from './packets-page.tsx'

export const meta = () => [{ title: 'Packets · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Packets' }] }

/** Carriers to choose from, by name. */
const CHOICES = 100

export const loader = page(({ door }) =>
  door.tenant(async (ctx) => {
    const [packets, { carriers }] = [await listPackets(ctx), await listCarriers(ctx, { limit: CHOICES })]
    return { packets, carriers: carriers.map(({ id, name }) => ({ id, name })) }
  }),
)

/** A packet begins empty; its own page takes its forms. */
export const action = posted(async ({ door, form }) => {
  const { id } = await door.tenant((ctx) => addPacket(ctx, input(AddPacket, { carrier_id: form.get('carrier_id') ?? '', name: form.get('name') ?? '', for_kind: form.get('for_kind') ?? 'any' })))
  throw redirect(`/packets/${id}`, 303)
})

export default function Packets() {
  return <PacketsPage {...useLoaderData<typeof loader>()} refused={useActionData<typeof action>() ?? null} />
}
