import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { InviteProducer } from '../../../../worker/contracting/producers/contract.ts'
import { inviteProducer } from '../../../../worker/contracting/producers/invite-producer.ts'
import { readInvitingProducers } from '../../../../worker/contracting/producers/read-inviting-producers.ts'
import { action as posted, input, page } from '../../../page.ts'
import { fieldErrors } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { TextField } from '../../../ui/text-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Invite a producer · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Producers', href: '/producers' }, { label: 'Invite' }] }

/** Asks for the proof that inviting needs before anything is typed. */
export const loader = page(({ door }) => door.tenant(readInvitingProducers))

export const action = posted(async ({ door, form }) => {
  const wanted = input(InviteProducer, { name: form.get('name') ?? '', email: form.get('email') ?? '' })
  const { id } = await door.tenant((ctx) => inviteProducer(ctx, wanted))
  throw redirect(`/producers/invitations?sent=${id}`)
})

export default function InviteAProducer() {
  const { days } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Invite a producer" lead={`They get a mail with a link that works once and ends after ${days} ${days === 1 ? 'day' : 'days'}. You see nothing of theirs before they submit it to you.`} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="max-w-160">
        <Card>
          <PostForm className="grid gap-5">
            <TextField name="name" label="Name" hint="As you know them: your list shows it." required autoComplete="off" error={errors['name']} defaultValue={refused?.typed['name']} />
            <TextField name="email" type="email" label="E-mail address" hint="Where the link goes." required autoComplete="off" error={errors['email']} defaultValue={refused?.typed['email']} />
            <div className="flex flex-wrap items-center gap-2.5">
              <Button tone="primary" icon="send">
                Send the invitation
              </Button>
              <LinkButton href="/producers" tone="quiet">
                Rather not
              </LinkButton>
            </div>
          </PostForm>
        </Card>
      </div>
    </>
  )
}
