import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { disconnectProvider, rotateProvider, testProvider } from '../../../worker/calls/intake/connect-provider.ts'
import { HandlerId, MapHandler, RotateProvider } from '../../../worker/calls/intake/contract.ts'
import { mapHandler, removeHandler } from '../../../worker/calls/intake/map-handler.ts'
import { readProviderPage, type ProviderPageView } from '../../../worker/calls/intake/read-provider-page.ts'
import { action as posted, input, page } from '../../page.ts'
import type { PageHandle } from '../../shell/crumbs.tsx'
import { ConnectionPage, type ConnectionOutcome } from './connection-page.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.connection.label ?? 'Dialler'} · Countersign` }]
export const handle: PageHandle<ProviderPageView | undefined> = { crumbs: (view) => [{ label: 'Diallers', href: '/call-connections' }, { label: view?.connection.label ?? 'Dialler' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readProviderPage(ctx, params['connectionId'] ?? '')))

export const action = posted(async ({ door, params, form }): Promise<ConnectionOutcome> => {
  const id = params['connectionId'] ?? ''
  switch (form.get('intent')) {
    case 'test':
      return { tested: await door.tenant((ctx) => testProvider(ctx, id)) }
    case 'revoke':
      await door.tenant((ctx) => disconnectProvider(ctx, id))
      break
    case 'map': {
      const wanted = input(MapHandler, { word: form.get('word') ?? '', memberId: form.get('memberId') ?? '' })
      await door.tenant((ctx) => mapHandler(ctx, id, wanted))
      break
    }
    case 'unmap': {
      const handler = input(HandlerId, form.get('handler') ?? '')
      await door.tenant((ctx) => removeHandler(ctx, handler))
      break
    }
    default: {
      const wanted = input(RotateProvider, { secret: form.get('secret') || undefined })
      return { shown: await door.tenant((ctx) => rotateProvider(ctx, id, wanted)) }
    }
  }
  throw redirect(`/call-connections/${id}`)
})

export default function Connection() {
  const view = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const [params] = useSearchParams()
  return <ConnectionPage view={view} refused={done && 'problem' in done ? done : null} outcome={done && !('problem' in done) ? done : null} asksToRevoke={params.has('revoke')} />
}
