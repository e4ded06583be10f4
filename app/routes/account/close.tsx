import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { closeAccount, readHolding } from '../../../worker/core/identity/close-account.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { action as posted, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { Question } from '../../shell/question.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Close the account · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Profile', href: '/profile' }, { label: 'Close' }] }

export const loader = page(async ({ door, url }) => {
  const account = await door.account()
  const [{ email }, holding] = await Promise.all([readProfile(account), readHolding(account)])
  return { email, ...holding, confirmed: url.searchParams.get('confirmed') === '1' }
})

/** The address is checked before the proof is asked for; the second press, with the proof, closes. */
export const action = posted(async ({ door, form }) => {
  await closeAccount(await door.account(), form.get('email') ?? '')
  door.dropSession()
  throw redirect('/sign-in')
})

export default function CloseAccount() {
  const { email, owned, closing, confirmed } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  if (owned.length > 0 || closing.length > 0) {
    return (
      <>
        <PageHeader title="Close your account" />
        {owned.length > 0 ? (
          <Notice tone="warn" title={`You own ${owned.join(', ')}`}>A tenant always has an owner. Hand ownership over on the page of whoever is to have it, or close the tenant under Security and wait until it is destroyed.</Notice>
        ) : null}
        {closing.length > 0 ? <Notice title={`${closing.join(', ')} stands closed`}>It can still be called back with your seat in it. Come back when it is destroyed or open again.</Notice> : null}
      </>
    )
  }
  return (
    <Question
      title="Close your account?"
      refused={refused}
      confirmed={confirmed}
      means={[
        'You lose every seat, and every browser is signed out.',
        'Password, second factors, outside sign-ins, name and address are deleted. Nobody can bring them back, the operator neither.',
        'What you did stays in the logs of your tenants under a number; from where and why is destroyed there.',
        'Sealed rows may lie in the database’s own backups for 30 days more.',
      ]}
      yes="Close the account"
      danger
      back="/profile"
    >
      <TextField
        name="email"
        type="email"
        label={`Type ${email} to confirm`}
        required
        autoComplete="off"
        spellCheck={false}
        error={fieldErrors(refused)['email']}
        // After the proof the address was typed right already: it is not asked twice.
        defaultValue={refused?.typed['email'] ?? (confirmed ? email : '')}
      />
    </Question>
  )
}
