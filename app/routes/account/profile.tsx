import { useActionData, useLoaderData } from '@remix-run/react'
import { ChangeEmail, UpdateProfile } from '../../../worker/core/identity/contract.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { requestEmailChange } from '../../../worker/core/identity/request-email-change.ts'
import { updateProfile } from '../../../worker/core/identity/update-profile.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const meta = () => [{ title: 'Profile · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Profile' }] }

export const loader = page(async ({ door }) => readProfile(await door.account()))

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  if (form.get('intent') === 'email') {
    const { email } = input(ChangeEmail, { email: form.get('email') ?? '' })
    await requestEmailChange(account, email)
    return { sentTo: email }
  }
  await updateProfile(account, input(UpdateProfile, { name: form.get('name') ?? '' }))
  return { saved: true }
})

export default function ProfilePage() {
  const { name, email } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const errors = fieldErrors(refused)
  return (
    <>
      <PageHeader title="Profile" lead="Your account is yours, whatever tenants you work in: nobody else can change what stands here." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {done && 'saved' in done ? <Notice tone="ok" title="Saved" live /> : null}
      {done && 'sentTo' in done ? (
        <Notice tone="ok" title={`Open the link we mailed to ${done.sentTo}`} live>
          Until then your address stays as it is. The old address gets a mail too, with a way to stop the change.
        </Notice>
      ) : null}
      <div className="grid max-w-200 gap-6">
        <Card title="Name" note="Your tenants see it beside what you do.">
          <PostForm action="/profile" className="grid max-w-120 gap-4">
            <TextField name="name" label="Name" autoComplete="name" required error={errors['name']} defaultValue={refused?.typed['name'] ?? name} />
            <div>
              <Button tone="primary" name="intent" value="name">
                Save
              </Button>
            </div>
          </PostForm>
        </Card>
        <Card title="E-mail address" note={`You sign in with ${email}.`}>
          <PostForm action="/profile" className="grid max-w-120 gap-4">
            <TextField name="email" type="email" label="New address" autoComplete="email" required error={errors['email']} defaultValue={refused?.typed['email']} />
            <div>
              <Button name="intent" value="email">
                Mail me the link
              </Button>
            </div>
          </PostForm>
        </Card>
        <Card title="Password" note="Changing it ends every other session.">
          <LinkButton href="/profile/password">Change the password</LinkButton>
        </Card>
        <Card title="The end of your account" note="Your memberships, password, factors and sessions end, and your name and address are deleted.">
          <LinkButton href="/profile/close">Close the account</LinkButton>
        </Card>
      </div>
    </>
  )
}
