import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData } from '@remix-run/react'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { listProviders } from '../../../worker/core/identity/oidc/list-identities.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { signUpInvited } from '../../../worker/core/identity/sign-up-invited.ts'
import { switchTenant } from '../../../worker/core/identity/switch-tenant.ts'
import { acceptInvitation } from '../../../worker/core/tenancy/accept-invitation.ts'
import { readInvitation } from '../../../worker/core/tenancy/read-invitation.ts'
import { action as posted, page, type PageArgs } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { OrAnIdentity } from '../../shell/other-ways.tsx'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Anchor } from '../../ui/links.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const meta = () => [{ title: 'Invitation · Countersign' }]

/** Reads only: a mail scanner that follows the link uses nothing up. */
export const loader = page(async ({ door, params }) => {
  const token = params['token'] ?? ''
  const [offer, account] = [await readInvitation(door.visit(), token), await door.maybeAccount()]
  const me = account && (await readProfile(account)).email
  return { offer, me, here: `/invitation/${token}`, providers: me ? [] : listProviders(door.visit()), token, csrf: await door.csrfToken() }
})

export const action = posted(async ({ door, params, form }) => {
  const token = params['token'] ?? ''
  throw redirect((await door.maybeAccount()) ? await acceptAsMyself(door, token) : await acceptAnew(door, token, form))
})

async function acceptAsMyself(door: PageArgs['door'], token: string): Promise<string> {
  const account = await door.account()
  const { tenantId } = await acceptInvitation(account, token)
  const { secret } = await switchTenant(account, tenantId)
  await door.giveSession({ accountId: account.accountId, sid: account.session.sid, secret })
  return '/'
}

/** The account first, then the seat: cut off in between, its person is signed in and presses the button once more. */
async function acceptAnew(door: PageArgs['door'], token: string, form: URLSearchParams): Promise<string> {
  const visit = door.visit()
  const session = await signUpInvited(visit, { token, name: form.get('name') ?? '', password: form.get('password') ?? '' }, await browserFor(door))
  await door.giveSession(session)
  const { accountId } = session
  await acceptInvitation({ ...visit, accountId, eventActor: { kind: 'account', id: accountId, role: null } }, token)
  return '/'
}

export default function AcceptInvitationPage() {
  const { offer, me, here, providers, token, csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const errors = fieldErrors(refused)
  return (
    <PublicFrame
      title={`Join ${offer.tenantName}`}
      lead={`${offer.name}, you are invited to work here as ${offer.roleLabel}.`}
      brand={offer.tenantName}
      csrf={csrf}
      after={me ? null : <>Have an account? <Anchor href={`/sign-in?then=${encodeURIComponent(here)}`} className="underline">Sign in and join with it</Anchor></>}
    >
      <PostForm reload className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {me ? (
          <p className="text-ink-2">
            You join as <strong className="font-medium text-ink">{me}</strong>. {me === offer.email ? null : `The invitation went to ${offer.email}; joining with another address of yours is fine.`}
          </p>
        ) : (
          <>
            <p className="text-ink-2">Your account is for {offer.email}, which this link confirms.</p>
            <TextField name="name" label="Your name" autoComplete="name" required defaultValue={refused?.typed['name'] ?? offer.name} error={errors['name']} />
            <PasswordField name="password" label="Choose a password" autoComplete="new-password" required minLength={15} hint="At least 15 characters." error={errors['password']} />
          </>
        )}
        <Button tone="primary" size="lg" wide>
          {me ? 'Join' : 'Make my account and join'}
        </Button>
        <p className="text-sm text-ink-3">
          Works once, until <RelativeTime at={offer.expiresAt} />. If you did not expect this, close the page: nothing happens.
        </p>
      </PostForm>
      <OrAnIdentity providers={providers} invitation={token} email={offer.email} />
    </PublicFrame>
  )
}
