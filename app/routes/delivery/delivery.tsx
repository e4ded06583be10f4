import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { DeliveryFilter, DeliveryId } from '../../../worker/core/delivery/contract.ts'
import { listDeliveries } from '../../../worker/core/delivery/list-deliveries.ts'
import { replayDelivery } from '../../../worker/core/delivery/replay-delivery.ts'
import { action as posted, input, page } from '../../page.ts'
import { DeliveryPage } from './delivery-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Delivery · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Delivery' }] }

const PER_PAGE = 25

/** State and cursor stand in the address; a word that is none filters nothing. */
export const loader = page(async ({ door, url, product }) => {
  const asked = (name: string) => url.searchParams.get(name) || undefined
  const state = DeliveryFilter.shape.state.safeParse(asked('state')).data
  const view = await door.tenant((ctx) => listDeliveries(ctx, product.mails(), { state }, { cursor: asked('cursor'), limit: PER_PAGE }))
  return { ...view, state: state ?? null, paged: asked('cursor') !== undefined }
})

/** Sends a dead letter again. */
export const action = posted(async ({ door, form }) => {
  const id = input(DeliveryId, form.get('delivery') ?? '')
  await door.tenant((ctx) => replayDelivery(ctx, id))
  return { replayed: id }
})

export default function Delivery() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <DeliveryPage {...loaded} refused={done && 'problem' in done ? done : null} replayed={done !== undefined && 'replayed' in done} />
}
