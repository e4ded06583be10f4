import { useActionData, useLoaderData } from '@remix-run/react'
import { RequestReset } from '../../../worker/core/identity/contract.ts'
import { requestPasswordReset } from '../../../worker/core/identity/request-password-reset.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Anchor } from '../../ui/links.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const meta = () => [{ title: 'Forgot your password? · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

export const action = posted(async ({ door, form }) => {
  await requestPasswordReset(door.visit(), input(RequestReset, { email: form.get('email') ?? '' }).email)
  return { asked: true }
})

export default function ForgotPasswordPage() {
  const { csrf } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  return (
    <PublicFrame title="Forgot your password?" lead="We mail you a link to set a new one." csrf={csrf} after={<Anchor href="/sign-in" className="underline">Back to sign in</Anchor>}>
      {done && 'asked' in done ? (
        <Notice tone="ok" title="If this address has an account, a link is on its way" live>
          It works once, for one hour.
        </Notice>
      ) : (
        <PostForm action="/forgot-password" className="grid gap-4">
          {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
          <TextField name="email" type="email" label="E-mail address" autoComplete="username" required autoFocus={!refused} error={fieldErrors(refused)['email']} defaultValue={refused?.typed['email']} />
          <Button tone="primary" size="lg" wide>
            Mail me the link
          </Button>
        </PostForm>
      )}
    </PublicFrame>
  )
}
