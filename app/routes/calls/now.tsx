import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { CallId } from '../../../worker/calls/log/contract.ts'
import { chooseContact } from '../../../worker/calls/pop/choose-contact.ts'
import { ChooseContact, DisposeCall } from '../../../worker/calls/pop/contract.ts'
import { disposeCall } from '../../../worker/calls/pop/dispose-call.ts'
import { listPops } from '../../../worker/calls/pop/list-pops.ts'
import { action as posted, input, page } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { PopCard, type Tap } from './pop-card.tsx'

export const meta: MetaFunction = () => [{ title: 'Ringing now · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Call log', href: '/calls' }, { label: 'Ringing now' }] }

export const loader = page(async ({ door }) => ({ pops: await door.tenant(listPops) }))

export const action = posted(async ({ door, form }) => {
  const callId = input(CallId, form.get('call') ?? '')
  if (form.get('intent') === 'choose') {
    const wanted = input(ChooseContact, { contactId: form.get('contact') || null })
    await door.tenant((ctx) => chooseContact(ctx, callId, wanted))
  } else {
    const wanted = input(DisposeCall, { disposition: form.get('disposition') })
    await door.tenant((ctx) => disposeCall(ctx, callId, wanted))
  }
  throw redirect('/calls/now')
})

/** Without scripts it is looked at anew by hand; with them the same stands in the frame of every page, at the ring. */
export default function Now() {
  const { pops } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const again = (
    <LinkButton href="/calls/now" reload icon="refresh">
      Look again
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Ringing now" lead="Your calls, for five minutes from the ring. Whom you are shown stands in the audit log." actions={again} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {pops.length === 0 ? (
        <Card>
          <EmptyState icon="phone" title="Nothing rings">
            When a call comes in for you, who it is stands here and on every page you have open.
          </EmptyState>
        </Card>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          {pops.map((pop) => (
            <PopCard key={pop.call.id} pop={pop} tap={asForm} />
          ))}
        </div>
      )}
    </>
  )
}

const asForm: Tap = (says, look, label) => (
  <PostForm action="/calls/now">
    <input type="hidden" name="intent" value={says.intent} />
    <input type="hidden" name="call" value={says.call} />
    {says.intent === 'choose' ? <input type="hidden" name="contact" value={says.contact ?? ''} /> : <input type="hidden" name="disposition" value={says.disposition} />}
    <Button {...look}>{label}</Button>
  </PostForm>
)
