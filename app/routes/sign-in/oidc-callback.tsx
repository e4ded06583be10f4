import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { Door } from '../../../worker/core/door.ts'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { callbackPurpose, type Callback } from '../../../worker/core/identity/oidc/finish-oidc.ts'
import { joinWithOidc } from '../../../worker/core/identity/oidc/join-with-oidc.ts'
import { linkIdentity } from '../../../worker/core/identity/oidc/link-identity.ts'
import { signInWithOidc } from '../../../worker/core/identity/oidc/sign-in-with-oidc.ts'
import { takeSession } from '../../../worker/core/identity/take-session.ts'
import { action as posted, page, type PageArgs } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { invitationPath, readAnyInvitation } from './any-invitation.ts'

export const meta: MetaFunction = () => [{ title: 'Almost there · Countersign' }]

/** Back from a provider. The GET decides nothing: its button POSTs what the address holds. A state that is not this browser's is a 400. */
export const loader = page(async ({ door, params, url }) => ({
  ...(await callbackPurpose(door.visit(), await callbackOf(door, params, url))),
  refusedThere: url.searchParams.has('error'),
  csrf: await door.csrfToken(),
}))

export const action = posted(async ({ door, params, url }) => {
  const callback = await callbackOf(door, params, url)
  const { purpose } = await callbackPurpose(door.visit(), callback)
  if (purpose === 'link') {
    await linkIdentity(await door.account(), callback)
    throw redirect('/profile/security?done=linked')
  }
  const [visit, browser] = [door.visit(), await browserFor(door)]
  const joined = purpose === 'invite' ? await joinWithOidc(visit, callback, browser, readAnyInvitation) : null
  const { session, owesFactor } = joined ?? (await signInWithOidc(visit, callback, browser))
  await takeSession(door, session)
  const then = joined ? invitationPath(joined.token) : '/'
  throw redirect(owesFactor ? `/sign-in/second-factor?then=${encodeURIComponent(then)}` : then)
})

/** A trip to link belongs to the session that set out; one to sign in, to the signed-out browser. */
async function callbackOf(door: Door, params: PageArgs['params'], url: URL): Promise<Callback> {
  const account = url.searchParams.get('state')?.startsWith('link.') ? await door.account() : null
  return { provider: params['provider'] ?? '', returned: url.searchParams, boundTo: account ? account.session.sid : door.preSession() }
}

export default function OidcCallback() {
  const { purpose, label, refusedThere, csrf } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const form = useRef<HTMLFormElement>(null)
  const waits = !refused && !refusedThere
  useEffect(() => {
    if (waits) form.current?.requestSubmit()
  }, [waits])
  const away = purpose === 'link' ? '/profile/security' : '/sign-in'
  return (
    <PublicFrame
      title={refusedThere ? `${label} was not used` : purpose === 'link' ? `Link ${label}` : `Continue with ${label}`}
      lead={refusedThere ? 'You or the provider refused. Nothing was changed.' : purpose === 'link' ? `From now on ${label} can sign you in to this account.` : `${label} says who you are. One more step finishes the sign-in.`}
      csrf={csrf}
      after={<LinkButton href={away} tone="quiet">{purpose === 'link' ? 'Back to your security page' : 'Sign in another way'}</LinkButton>}
    >
      <div className="grid gap-4">
        {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
        {waits ? (
          <PostForm formRef={form} reload>
            <Button tone="primary" size="lg" wide>
              {purpose === 'link' ? `Link ${label} to my account` : 'Sign in'}
            </Button>
          </PostForm>
        ) : null}
      </div>
    </PublicFrame>
  )
}
