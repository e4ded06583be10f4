import { useActionData, useLoaderData } from '@remix-run/react'
import { disputeEmailChange } from '../../../worker/core/identity/dispute-email-change.ts'
import { action as posted, page } from '../../page.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { LinkQuestion } from './link-question.tsx'

export const meta = () => [{ title: 'Stop the change of address · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

export const action = posted(({ door, params }) => disputeEmailChange(door.visit(), params['token'] ?? ''))

export default function DisputeEmailPage() {
  const { csrf } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  if (done && 'until' in done)
    return (
      <PublicFrame
        title="The change is stopped"
        lead={
          <>
            Everybody is signed out, and nobody can sign in before <RelativeTime at={done.until} exact />. Set a new password in the meantime.
          </>
        }
        csrf={csrf}
      >
        <LinkButton href="/forgot-password" tone="primary" size="lg" wide>
          Set a new password
        </LinkButton>
      </PublicFrame>
    )
  return (
    <LinkQuestion
      title="Stop the change of address?"
      lead="Your account keeps this address, or gets it back. Everybody is signed out, and the account is locked for seven days in which you can set a new password."
      button="It was not me: stop it"
      danger
      refused={done ?? null}
      csrf={csrf}
    />
  )
}
