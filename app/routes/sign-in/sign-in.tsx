import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { SignIn } from '../../../worker/core/identity/contract.ts'
import { listProviders } from '../../../worker/core/identity/oidc/list-identities.ts'
import { signIn } from '../../../worker/core/identity/sign-in.ts'
import { takeSession } from '../../../worker/core/identity/take-session.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { OtherWays } from '../../shell/other-ways.tsx'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Anchor } from '../../ui/links.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { safePath } from './safe-path.ts'

export const meta = () => [{ title: 'Sign in · Countersign' }]

export const loader = page(async ({ door, url }) => {
  if (await door.maybeAccount()) throw redirect(safePath(url.searchParams.get('then')))
  return { csrf: await door.csrfToken(), providers: listProviders(door.visit()), then: safePath(url.searchParams.get('then')) }
})

export const action = posted(async ({ door, form }) => {
  const { session, owesFactor } = await signIn(door.visit(), input(SignIn, { email: form.get('email') ?? '', password: form.get('password') ?? '' }), await browserFor(door))
  await takeSession(door, session)
  const then = safePath(form.get('then'))
  throw redirect(owesFactor ? `/sign-in/second-factor?then=${encodeURIComponent(then)}` : then)
})

export default function SignInPage() {
  const { csrf, providers, then } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const errors = fieldErrors(refused)
  return (
    <PublicFrame title="Sign in" csrf={csrf} after={<>New here? <Anchor href="/sign-up" className="underline">Open a tenant</Anchor></>}>
      <PostForm action="/sign-in" reload className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {refused?.problem.until ? (
          <p className="text-sm text-ink-2">
            Locked until <RelativeTime at={refused.problem.until} exact />.
          </p>
        ) : null}
        <input type="hidden" name="then" value={refused?.typed['then'] ?? then} />
        <TextField name="email" type="email" label="E-mail address" autoComplete="username" required autoFocus={!refused} error={errors['email']} defaultValue={refused?.typed['email']} />
        <PasswordField name="password" label="Password" autoComplete="current-password" required error={errors['password']} aside={<Anchor href="/forgot-password" className="inline-flex min-h-6 items-center underline">Forgot your password?</Anchor>} />
        <Button tone="primary" size="lg" wide>
          Sign in
        </Button>
      </PostForm>
      <div className="mt-5 border-t border-line pt-5">
        <OtherWays providers={providers} then={then} />
      </div>
    </PublicFrame>
  )
}
