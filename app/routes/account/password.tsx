import { useActionData, useLoaderData } from '@remix-run/react'
import { browserFor } from '../../../worker/core/identity/browser-cookie.ts'
import { changePassword } from '../../../worker/core/identity/change-password.ts'
import { ChangePassword } from '../../../worker/core/identity/contract.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'

export const meta = () => [{ title: 'Password · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Profile', href: '/profile' }, { label: 'Password' }] }

export const loader = page(async ({ door }) => ({ email: (await readProfile(await door.account())).email }))

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  const { secret } = await changePassword(account, input(ChangePassword, { current: form.get('current') ?? '', password: form.get('password') ?? '' }), await browserFor(door))
  await door.giveSession({ accountId: account.accountId, sid: account.session.sid, secret })
  return { changed: true }
})

export default function PasswordPage() {
  const { email } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Password" lead="Every other session of yours ends with a change." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {done && 'changed' in done ? (
        <Notice tone="ok" title="Your password is changed" live>
          Every other session was signed out.
        </Notice>
      ) : null}
      <Card>
        <PostForm action="/profile/password" reload className="grid max-w-120 gap-4">
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordField name="current" label="Current password" autoComplete="current-password" required error={errors['current']} />
          <PasswordField name="password" label="New password" autoComplete="new-password" required hint="At least 15 characters, or 8 where you use a second factor. A few words in a row are easy to remember." error={errors['password']} />
          <div>
            <Button tone="primary">Change password</Button>
          </div>
        </PostForm>
      </Card>
    </>
  )
}
