import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { Fault } from '../../../worker/core/failure.ts'
import { disableTotp } from '../../../worker/core/identity/disable-totp.ts'
import { PasskeyName } from '../../../worker/core/identity/factor-contract.ts'
import { listFactors } from '../../../worker/core/identity/list-factors.ts'
import { listIdentities } from '../../../worker/core/identity/oidc/list-identities.ts'
import { unlinkIdentity } from '../../../worker/core/identity/oidc/unlink-identity.ts'
import { regenerateRecoveryCodes } from '../../../worker/core/identity/regenerate-recovery-codes.ts'
import { removePasskey } from '../../../worker/core/identity/remove-passkey.ts'
import { renamePasskey } from '../../../worker/core/identity/rename-passkey.ts'
import { action as posted, input, page } from '../../page.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { AskFirst } from './ask-first.tsx'
import { AuthenticatorCard, IdentitiesCard, PasskeysCard, PasswordCard, RecoveryCard } from './factor-cards.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign-in and factors · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Sign-in and factors' }] }

/** A person's own factors. Reached by every role, and by whoever a tenant will not let in without one (CLN-54). */
export const loader = page(async ({ door }) => {
  const account = await door.account()
  const [factors, identities] = await Promise.all([listFactors(account), listIdentities(account)])
  return { factors, identities }
})

const Named = z.object({ id: z.string().max(1400), name: PasskeyName })

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  const id = form.get('id') ?? ''
  switch (form.get('intent')) {
    case 'disable-totp':
      await disableTotp(account)
      throw redirect('/profile/security?done=totp-off')
    case 'new-codes':
      return await regenerateRecoveryCodes(account)
    case 'remove-passkey':
      await removePasskey(account, id)
      throw redirect('/profile/security?done=passkey-gone')
    case 'rename-passkey':
      await renamePasskey(account, input(Named, Object.fromEntries(form)))
      throw redirect('/profile/security')
    case 'unlink':
      await unlinkIdentity(account, id)
      throw redirect('/profile/security?done=unlinked')
    default:
      throw new Fault({ code: 'malformed', detail: 'The form does not say what to do.' })
  }
})

const done: Readonly<Record<string, string>> = {
  'totp-on': 'Your authenticator is on. Every other session was signed out.',
  'totp-off': 'Your authenticator is off. Every other session was signed out.',
  passkey: 'Your passkey was added. Every other session was signed out.',
  'passkey-gone': 'The passkey was removed. Every other session was signed out.',
  linked: 'The provider can sign you in from now on.',
  unlinked: 'The provider no longer signs you in.',
}

export default function Security() {
  const { factors, identities } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const [params] = useSearchParams()
  if (answered && 'codes' in answered) return <RecoveryCodes codes={answered.codes} title="Your new recovery codes" />
  const refused = answered ?? null
  const said = done[params.get('done') ?? '']
  return (
    <>
      <PageHeader title="Sign-in and factors" lead="What proves that it is you. It belongs to you alone: no tenant, and no owner of one, can change it." />
      {params.has('required') && !factors.enrolled ? (
        <Notice tone="warn" title="Your tenant requires two-factor sign-in">
          Set up an authenticator or a passkey below; everything else opens as soon as it is on.
        </Notice>
      ) : null}
      {said ? <Notice tone="ok" title={said} live /> : null}
      {params.get('codes') === 'few' ? <Notice tone="warn" title={`${factors.codesLeft} recovery codes are left`}>Make new ones while you are signed in.</Notice> : null}
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="grid max-w-200 gap-6">
        <AskFirst factors={factors} identities={identities} />
        <PasswordCard />
        <AuthenticatorCard totp={factors.totp} others={factors.passkeys.length > 0} />
        <PasskeysCard passkeys={factors.passkeys} />
        {factors.enrolled ? <RecoveryCard left={factors.codesLeft} /> : null}
        {identities.length > 0 ? <IdentitiesCard identities={identities} /> : null}
      </div>
    </>
  )
}
