import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SignUp } from '../../../worker/core/identity/contract.ts'
import { signUp } from '../../../worker/core/identity/sign-up.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Anchor } from '../../ui/links.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TenantFields } from './tenant-fields.tsx'

export const meta = () => [{ title: 'Open a tenant · Countersign' }]

export const loader = page(async ({ door }) => {
  if (await door.maybeAccount()) throw redirect('/')
  return { csrf: await door.csrfToken(), open: door.reach.env.SIGN_UP !== 'operator' }
})

export const action = posted(async ({ door, form }) => {
  const fields = Object.fromEntries(['name', 'email', 'password', 'tenantName', 'kind', 'preset'].map((name) => [name, form.get(name) ?? undefined]))
  const wanted = input(SignUp, fields)
  await signUp(door.visit(), wanted)
  return { sentTo: wanted.email }
})

export default function SignUpPage() {
  const { csrf, open } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const errors = fieldErrors(refused)
  const signIn = <>Have an account? <Anchor href="/sign-in" className="underline">Sign in</Anchor></>
  if (done && 'sentTo' in done)
    return (
      <PublicFrame title="Look in your inbox" lead="Nothing exists yet. The link we mailed opens your account and your tenant; it works once, for 24 hours." csrf={csrf} after={signIn}>
        <Notice tone="ok" title={`Sent to ${done.sentTo}`} live>
          Nothing there after a few minutes? Look among the unwanted mail, or try again.
        </Notice>
      </PublicFrame>
    )
  if (!open)
    return (
      <PublicFrame title="Tenants are opened by an operator here" lead="Ask the operator of this deployment. To join a tenant that exists, ask its owner for an invitation." csrf={csrf} after={signIn}>
        {null}
      </PublicFrame>
    )
  return (
    <PublicFrame title="Open a tenant" lead="For your firm. To join one that exists, ask its owner for an invitation." width="wide" csrf={csrf} after={signIn}>
      <PostForm action="/sign-up" className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        <TextField name="name" label="Your name" autoComplete="name" required error={errors['name']} defaultValue={refused?.typed['name']} />
        <TextField name="email" type="email" label="E-mail address" autoComplete="username" required error={errors['email']} defaultValue={refused?.typed['email']} />
        <PasswordField name="password" label="Password" autoComplete="new-password" required minLength={15} hint="At least 15 characters. A few words in a row are easy to remember." error={errors['password']} />
        <TenantFields errors={errors} typed={refused?.typed ?? {}} />
        <Button tone="primary" size="lg" wide>
          Mail me the link
        </Button>
      </PostForm>
    </PublicFrame>
  )
}
