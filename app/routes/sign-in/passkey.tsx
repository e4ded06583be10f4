import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { beginPasskeySignIn } from '../../../worker/core/identity/begin-passkey.ts'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { AssertionField } from '../../../worker/core/identity/factor-contract.ts'
import { passkeySignIn } from '../../../worker/core/identity/passkey-sign-in.ts'
import { takeSession } from '../../../worker/core/identity/take-session.ts'
import { action as posted, input, page } from '../../page.ts'
import { PasskeyForm } from '../../shell/passkey-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { safePath } from './safe-path.ts'

export const meta: MetaFunction = () => [{ title: 'Sign in with a passkey · Countersign' }]

/** A fresh challenge each time. Nothing is kept of it until it is answered. */
export const loader = page(async ({ door }) => ({ options: await beginPasskeySignIn(door.visit(), door.preSession()), csrf: await door.csrfToken() }))

export const action = posted(async ({ door, form, url }) => {
  const answer = input(AssertionField, form.get('answer') ?? '')
  await takeSession(door, await passkeySignIn(door.visit(), { answer, visitor: door.preSession(), browser: await browserFor(door) }))
  throw redirect(safePath(url.searchParams.get('then')))
})

export default function PasskeySignIn() {
  const { options, csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <PublicFrame title="Sign in with a passkey" lead="Your device asks for your finger, face or PIN. Nothing of it leaves the device." csrf={csrf} after={<LinkButton href="/sign-in" tone="quiet">Sign in with a password</LinkButton>}>
      <div className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        <noscript>
          <p className="text-ink-2">Passkeys need JavaScript. Sign in with your password instead.</p>
        </noscript>
        <PasskeyForm options={options} label="Continue" tone="primary" atOnce={!refused} />
      </div>
    </PublicFrame>
  )
}
