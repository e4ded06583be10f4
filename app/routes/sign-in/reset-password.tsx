import { useActionData, useLoaderData } from '@remix-run/react'
import { ResetPassword } from '../../../worker/core/identity/contract.ts'
import { resetPassword } from '../../../worker/core/identity/reset-password.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'

export const meta = () => [{ title: 'Set a new password · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

export const action = posted(async ({ door, params, form }) => {
  await resetPassword(door.visit(), input(ResetPassword, { token: params['token'] ?? '', password: form.get('password') ?? '' }))
  return { set: true }
})

export default function ResetPasswordPage() {
  const { csrf } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const over = refused?.problem.code === 'gone' || refused?.problem.code === 'malformed'
  if (done && 'set' in done)
    return (
      <PublicFrame title="Your new password is set" lead="Every session was signed out. Sign in with the new one." csrf={csrf}>
        <LinkButton href="/sign-in" tone="primary" size="lg" wide>
          Sign in
        </LinkButton>
      </PublicFrame>
    )
  return (
    <PublicFrame title="Set a new password" lead="Every session of yours ends with it." csrf={csrf}>
      <PostForm className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {over ? (
          <LinkButton href="/forgot-password" size="lg" wide>
            Ask for a new link
          </LinkButton>
        ) : (
          <>
            <PasswordField name="password" label="New password" autoComplete="new-password" required hint="At least 15 characters, or 8 where you use a second factor." error={fieldErrors(refused)['password']} />
            <Button tone="primary" size="lg" wide>
              Set password
            </Button>
          </>
        )}
      </PostForm>
    </PublicFrame>
  )
}
