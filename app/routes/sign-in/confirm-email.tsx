import { useActionData, useLoaderData } from '@remix-run/react'
import { confirmEmailChange } from '../../../worker/core/identity/confirm-email-change.ts'
import { action as posted, page } from '../../page.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { LinkQuestion } from './link-question.tsx'

export const meta = () => [{ title: 'Confirm your new address · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

export const action = posted(async ({ door, params }) => {
  await confirmEmailChange(door.visit(), params['token'] ?? '')
  return { confirmed: true }
})

export default function ConfirmEmailPage() {
  const { csrf } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  if (done && 'confirmed' in done)
    return (
      <PublicFrame title="Your new address is in force" lead="From now on you sign in with it." csrf={csrf}>
        <LinkButton href="/" size="lg" wide>
          Go on
        </LinkButton>
      </PublicFrame>
    )
  return <LinkQuestion title="Confirm your new address" lead="Your account will use the address to which this link was mailed." button="Confirm" refused={done ?? null} csrf={csrf} />
}
