import { redirect } from '@remix-run/cloudflare'
import { useActionData, type MetaFunction } from '@remix-run/react'
import { addCarrier } from '../../../../worker/contracting/carriers/add-carrier.ts'
import { listCarriers } from '../../../../worker/contracting/carriers/list-carriers.ts'
import { Fault } from '../../../../worker/core/failure.ts'
import { action as posted, page } from '../../../page.ts'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { CarrierForm } from './carrier-form.tsx'
import { typedTerms } from './typed-terms.ts'

export const meta: MetaFunction = () => [{ title: 'Add a carrier · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Carriers', href: '/carriers' }, { label: 'Add' }] }

export const loader = page(async ({ door }) => {
  const { mayWrite } = await door.tenant((ctx) => listCarriers(ctx, { limit: 1 }))
  if (!mayWrite) throw new Fault({ code: 'role_required', need: 'contracting.carrier.write' })
  return null
})

export const action = posted(async ({ door, form }) => {
  const terms = typedTerms(form)
  const { id } = await door.tenant((ctx) => addCarrier(ctx, terms))
  throw redirect(`/carriers/${id}`)
})

export default function CarrierNew() {
  const refused = useActionData<typeof action>() ?? null
  return (
    <>
      <PageHeader title="Add a carrier" lead="Its programs get keys afterwards, on its own page." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <Card>
        <CarrierForm fields={{ name: '', naic: '', states: [], lines: ['life', 'health'], asksFor: [] }} refused={refused} save="Add it" back="/carriers" />
      </Card>
    </>
  )
}
