import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { confirmSignUp, readSignUp } from '../../../worker/core/identity/confirm-sign-up.ts'
import { takeSession } from '../../../worker/core/identity/take-session.ts'
import { action as posted, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'

export const meta = () => [{ title: 'Confirm your address · Countersign' }]

/** Reads only: mail scanners follow links, and the button is what counts. */
export const loader = page(async ({ door, params }) => ({ ...(await readSignUp(door.visit(), params['token'] ?? '')), csrf: await door.csrfToken() }))

export const action = posted(async ({ door, params, form }) => {
  const session = await confirmSignUp(door.visit(), { token: params['token'] ?? '', password: form.get('password') }, await browserFor(door))
  await takeSession(door, session)
  throw redirect('/')
})

export default function SignUpConfirmPage() {
  const { email, tenantName, needsPassword, csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <PublicFrame title={`Open ${tenantName}`} lead={`You confirm ${email} and become the owner.`} csrf={csrf}>
      <PostForm reload className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {needsPassword ? <PasswordField name="password" label="Choose a password" autoComplete="new-password" required minLength={15} hint="At least 15 characters." error={fieldErrors(refused)['password']} /> : null}
        <Button tone="primary" size="lg" wide>
          Confirm and open
        </Button>
      </PostForm>
    </PublicFrame>
  )
}
