import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { changeCarrier } from '../../../../worker/contracting/carriers/change-carrier.ts'
import { readCarrierPage, type CarrierPageView } from '../../../../worker/contracting/carriers/read-carrier-page.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, page } from '../../../page.ts'
import type { PageHandle } from '../../../shell/crumbs.tsx'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { CarrierForm } from './carrier-form.tsx'
import { typedTerms } from './typed-terms.ts'

export const meta: MetaFunction = () => [{ title: 'Change a carrier · Countersign' }]
export const handle: PageHandle<CarrierPageView | undefined> = {
  crumbs: (view) => [{ label: 'Carriers', href: '/carriers' }, { label: view?.carrier.name ?? 'Carrier', href: `/carriers/${view?.carrier.id ?? ''}` }, { label: 'Change' }],
}

export const loader = page(async ({ door, params }) => {
  const view = await door.tenant((ctx) => readCarrierPage(ctx, params['carrierId'] ?? ''))
  if (!view.mayWrite) throw new Fault({ code: 'role_required', need: 'contracting.carrier.write' })
  return view
})

export const action = posted(async ({ door, params, form }) => {
  const terms = typedTerms(form)
  const id = params['carrierId'] ?? ''
  await door.tenant((ctx) => changeCarrier(ctx, id, { ...terms, version: Number(form.get('version')) }))
  throw redirect(`/carriers/${id}`)
})

export default function CarrierTermsPage() {
  const { carrier } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return (
    <>
      <PageHeader title={`Change ${carrier.name}`} lead="What was handed over to it before stays as it was handed over." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <Card>
        <CarrierForm fields={carrier} refused={refused} save="Save" back={`/carriers/${carrier.id}`} />
      </Card>
    </>
  )
}
