import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { AmsConnectionId, TestAms, type AmsTested } from '../../../worker/calls/ams/contract.ts'
import { listAms } from '../../../worker/calls/ams/list-ams.ts'
import { revokeAms } from '../../../worker/calls/ams/revoke-ams.ts'
import { testAms } from '../../../worker/calls/ams/test-ams.ts'
import { action as posted, input, page } from '../../page.ts'
import { AmsPage } from './ams-page.tsx'

export const meta: MetaFunction = () => [{ title: 'AMS · Countersign' }]
export const handle = { crumbs: () => [{ label: 'AMS' }] }

const PER_PAGE = 25

export const loader = page(({ door, url }) => door.tenant((ctx) => listAms(ctx, { cursor: url.searchParams.get('cursor') || undefined, limit: PER_PAGE })))

export const action = posted(async ({ door, form }): Promise<{ tested: AmsTested }> => {
  const id = input(AmsConnectionId, form.get('connection') ?? '')
  if (form.get('intent') === 'revoke') {
    await door.tenant((ctx) => revokeAms(ctx, id))
    throw redirect('/ams-connection')
  }
  const wanted = input(TestAms, { phone: form.get('phone') || undefined })
  return { tested: await door.tenant((ctx) => testAms(ctx, id, wanted)) }
})

export default function Ams() {
  const { connections, next } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const [params] = useSearchParams()
  return <AmsPage connections={connections} next={next} refused={done && 'problem' in done ? done : null} tested={done && 'tested' in done ? done.tested : null} asksToRevoke={params.has('revoke')} />
}
