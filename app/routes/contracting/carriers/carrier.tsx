import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { CarrierKeyId, IssueCarrierKey, SetWebhook } from '../../../../worker/contracting/carriers/contract.ts'
import { issueCarrierKey, replaceCarrierKey } from '../../../../worker/contracting/carriers/issue-carrier-key.ts'
import { readCarrierPage, type CarrierPageView } from '../../../../worker/contracting/carriers/read-carrier-page.ts'
import { revokeCarrierKey } from '../../../../worker/contracting/carriers/revoke-carrier-key.ts'
import { endWebhook, setWebhook } from '../../../../worker/contracting/carriers/set-webhook.ts'
import { action as posted, input, page } from '../../../page.ts'
import type { PageHandle } from '../../../shell/crumbs.tsx'
import { CarrierPage } from './carrier-page.tsx'
import type { CarrierOutcome } from './carrier-words.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.carrier.name ?? 'Carrier'} · Countersign` }]
export const handle: PageHandle<CarrierPageView | undefined> = { crumbs: (view) => [{ label: 'Carriers', href: '/carriers' }, { label: view?.carrier.name ?? 'Carrier' }] }

export const loader = page(({ door, params, url }) =>
  door.tenant((ctx) => readCarrierPage(ctx, params['carrierId'] ?? '', { keys: url.searchParams.get('keys') || undefined, activity: url.searchParams.get('activity') || undefined })),
)

const nothing: CarrierOutcome = { revoked: false, ended: false, token: null, secret: null }

export const action = posted(async ({ door, params, form }): Promise<CarrierOutcome> => {
  const carrierId = params['carrierId'] ?? ''
  const typed = (name: string) => form.get(name) ?? ''
  switch (typed('intent')) {
    case 'revoke': {
      const key = input(CarrierKeyId, typed('key'))
      await door.tenant((ctx) => revokeCarrierKey(ctx, key))
      return { ...nothing, revoked: true }
    }
    case 'replace': {
      const key = input(CarrierKeyId, typed('key'))
      const { key: made, token } = await door.tenant((ctx) => replaceCarrierKey(ctx, key))
      return { ...nothing, token: { label: made.label, text: token } }
    }
    case 'webhook': {
      const wanted = input(SetWebhook, { url: typed('url') })
      return { ...nothing, secret: (await door.tenant((ctx) => setWebhook(ctx, carrierId, wanted))).secret }
    }
    case 'webhook-end':
      await door.tenant((ctx) => endWebhook(ctx, carrierId))
      return { ...nothing, ended: true }
    default: {
      const wanted = input(IssueCarrierKey, { label: typed('label'), days: form.get('days') ?? 365 })
      const { key, token } = await door.tenant((ctx) => issueCarrierKey(ctx, carrierId, wanted))
      return { ...nothing, token: { label: key.label, text: token } }
    }
  }
})

export default function Carrier() {
  const view = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const [params] = useSearchParams()
  return <CarrierPage view={view} refused={done && 'problem' in done ? done : null} outcome={done && !('problem' in done) ? done : null} asked={params.get('revoke')} />
}
