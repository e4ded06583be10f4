import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { beginTotp, pendingTotp } from '../../../worker/core/identity/begin-totp.ts'
import { confirmTotp } from '../../../worker/core/identity/confirm-totp.ts'
import { TotpCode } from '../../../worker/core/identity/factor-contract.ts'
import { listFactors } from '../../../worker/core/identity/list-factors.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { z } from 'zod'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { ResumeForm } from '../../shell/resume-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { CodeField } from '../../ui/text-field.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const here = '/profile/security/authenticator'

export const meta: MetaFunction = () => [{ title: 'Set up an authenticator · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Sign-in and factors', href: '/profile/security' }, { label: 'Authenticator' }] }

/** The secret is shown only while it waits for its first code, in the session that began it. */
export const loader = page(async ({ door }) => {
  const account = await door.account()
  const [{ email }, { totp }] = await Promise.all([readProfile(account), listFactors(account)])
  return { on: totp !== null, setUp: await pendingTotp(account, email) }
})

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  if (form.get('intent') === 'begin') {
    await beginTotp(account)
    throw redirect(here) // so that a reload of the page shows the same secret instead of asking for another
  }
  const { code } = input(z.object({ code: TotpCode }), { code: form.get('code') ?? '' })
  const { codes } = await confirmTotp(account, code)
  if (codes === null) throw redirect('/profile/security?done=totp-on')
  return { codes }
})

export default function Authenticator() {
  const { on, setUp } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const refused = answered && 'problem' in answered ? answered : null
  if (answered && 'codes' in answered) return <RecoveryCodes codes={answered.codes} title="Your authenticator is on" />
  return (
    <>
      <PageHeader title="Set up an authenticator" lead="An app on your phone shows a code that changes every 30 seconds. From then on signing in takes your password and that code." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {setUp ? <Scan setUp={setUp} error={fieldErrors(refused)['code']} /> : on ? <AlreadyOn /> : <Begin />}
    </>
  )
}

function Begin() {
  return (
    <Card title="Before you begin">
      <div className="grid max-w-140 gap-4">
        <p className="text-ink-2">Have an authenticator app at hand: the one in your password manager, Google Authenticator, Aegis, 1Password or any other that reads QR codes. You will be asked to confirm that it is you.</p>
        <ResumeForm action={here}>
          <Button tone="primary" name="intent" value="begin">
            Show the QR code
          </Button>
        </ResumeForm>
      </div>
    </Card>
  )
}

function Scan({ setUp, error }: { setUp: { uri: string; secret: string }; error: string | undefined }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card title="1. Scan this with your app">
        <div className="grid justify-items-start gap-4">
          <QrCode text={setUp.uri} label="QR code with the secret for your authenticator app" size={208} />
          <CodeBlock label="Or type this secret" text={setUp.secret} wrap />
          <p className="text-sm text-ink-2">Whoever sees this can make your codes. It is shown only until you confirm it, for 15 minutes at most.</p>
        </div>
      </Card>
      <Card title="2. Type the code it shows">
        <PostForm action={here} className="grid max-w-80 gap-4">
          <CodeField name="code" label="Code from your authenticator" required autoFocus error={error} />
          <div>
            <Button tone="primary" name="intent" value="confirm">
              Turn it on
            </Button>
          </div>
        </PostForm>
      </Card>
    </div>
  )
}

function AlreadyOn() {
  return (
    <Card title="An authenticator is on">
      <div className="grid justify-items-start gap-3">
        <p className="text-ink-2">To move to another app, turn this one off first. A passkey beside it keeps you covered meanwhile.</p>
        <LinkButton href="/profile/security">Back to sign-in and factors</LinkButton>
      </div>
    </Card>
  )
}
