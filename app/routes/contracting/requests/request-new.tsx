import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { stateCodes } from '../../../../worker/contracting/passport/contract.ts'
import { RequestTerms } from '../../../../worker/contracting/requests/contract.ts'
import { draftRequest } from '../../../../worker/contracting/requests/draft-request.ts'
import { readDrafting } from '../../../../worker/contracting/requests/read-drafting.ts'
import { action as posted, input, page } from '../../../page.ts'
import { fieldErrors } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CheckboxGroup } from '../../../ui/checkbox-field.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FormActions, FormSection } from '../../../ui/form-section.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { kindChoices } from './request-words.ts'

export const meta: MetaFunction = () => [{ title: 'New request · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Requests', href: '/requests' }, { label: 'New' }] }

export const loader = page(({ door }) => door.tenant(readDrafting))

export const action = posted(async ({ door, form }) => {
  const typed = (name: string) => form.get(name) ?? ''
  const terms = input(RequestTerms, { kind: typed('kind'), carrierId: typed('carrierId'), linkId: typed('linkId'), states: form.getAll('states'), upline: typed('upline').trim() || null }) as RequestTerms // `as`: `input` answers with the schema's output
  const { id } = await door.tenant((ctx) => draftRequest(ctx, terms))
  throw redirect(`/requests/${id}`)
})

/** A draft: for whom, to whom, for which states. */
export default function RequestNew() {
  const { carriers, producers } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const [params] = useSearchParams()
  const errors = fieldErrors(refused)
  // Nothing is chosen for a state that no carrier of theirs writes.
  const states = stateCodes.filter((state) => carriers.some((carrier) => carrier.states.includes(state)))
  const chosen = (name: string, other = '') => refused?.typed[name] ?? params.get(name) ?? other
  const missing = carriers.length === 0 ? { title: 'No carriers yet', says: 'Define a carrier first.', href: '/carriers', label: 'Carriers' } : producers.length === 0 ? { title: 'No producers yet', says: 'Invite a producer first.', href: '/producers', label: 'Producers' } : null
  return (
    <>
      <PageHeader title="New request" lead="It is a draft until you make it ready. Nobody is asked for anything yet." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <Card>
        {missing ? (
          <EmptyState icon="file" title={missing.title} action={<LinkButton href={missing.href}>{missing.label}</LinkButton>}>{missing.says}</EmptyState>
        ) : (
          <PostForm>
            <FormSection title="What" description="In the words of the field.">
              <SelectField name="kind" label="Kind" required choices={kindChoices} defaultValue={chosen('kind', 'contract')} error={errors['kind']} />
              <SelectField name="carrierId" label="Carrier" required none="Choose a carrier" choices={carriers.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={chosen('carrierId')} error={errors['carrierId']} />
            </FormSection>
            <FormSection title="Whom" description="What lies in clear of the producer’s passport decides whether it can go on; nothing is opened for it.">
              <SelectField name="linkId" label="Producer" required none="Choose a producer" choices={producers.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={chosen('linkId')} error={errors['linkId']} />
              <TextField name="upline" label="Upline" hint="Under whom the producer will stand. A hierarchy change and a transfer need one." error={errors['upline']} defaultValue={chosen('upline')} />
            </FormSection>
            <FormSection title="Where" description="States that your carriers write.">
              <CheckboxGroup name="states" label="States" columns={3} choices={states.map((value) => ({ value, label: value }))} error={errors['states']} />
            </FormSection>
            <FormActions>
              <Button tone="primary">Save the draft</Button>
              <LinkButton href="/requests" tone="quiet">
                Rather not
              </LinkButton>
            </FormActions>
          </PostForm>
        )}
      </Card>
    </>
  )
}
