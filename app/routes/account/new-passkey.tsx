import { redirect } from '@remix-run/cloudflare'
import { useActionData, type MetaFunction } from '@remix-run/react'
import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { addPasskey } from '../../../worker/core/identity/add-passkey.ts'
import { beginPasskey } from '../../../worker/core/identity/begin-passkey.ts'
import { PasskeyName, RegistrationField } from '../../../worker/core/identity/factor-contract.ts'
import type { PasskeyOffer } from '../../../worker/core/identity/passkeys.ts'
import { readProfile } from '../../../worker/core/identity/read-profile.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { ResumeForm } from '../../shell/resume-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useHydrated } from '../../ui/hydrated.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const here = '/profile/security/passkey'

export const meta: MetaFunction = () => [{ title: 'Add a passkey · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Sign-in and factors', href: '/profile/security' }, { label: 'New passkey' }] }

export const loader = page(async ({ door }) => {
  await door.account()
  return null
})

const Added = z.object({ name: PasskeyName, answer: RegistrationField })

export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  if (form.get('intent') === 'begin') {
    const { email } = await readProfile(account)
    return { offer: await beginPasskey(account, email), codes: null }
  }
  const { codes } = await addPasskey(account, input(Added, Object.fromEntries(form)))
  if (codes === null) throw redirect('/profile/security?done=passkey')
  return { offer: null, codes }
})

export default function NewPasskey() {
  const answered = useActionData<typeof action>()
  const refused = answered && 'problem' in answered ? answered : null
  const unable = useHydrated() && !browserSupportsWebAuthn()
  const offer = answered && 'offer' in answered ? answered.offer : null
  if (answered && 'codes' in answered && answered.codes) return <RecoveryCodes codes={answered.codes} title="Your passkey is ready" />
  return (
    <>
      <PageHeader title="Add a passkey" lead="A passkey signs you in with your finger, face or PIN and cannot be phished. It works only on this site." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <Card title={offer ? 'Create it on this device' : 'Before you begin'}>
        {offer ? (
          <Create offer={offer} error={fieldErrors(refused)['name']} />
        ) : (
          <div className="grid max-w-140 gap-4">
            <p className="text-ink-2">You will be asked to confirm that it is you, then your device or security key takes over.</p>
            <ResumeForm action={here}>
              <Button tone="primary" name="intent" value="begin">
                Continue
              </Button>
            </ResumeForm>
          </div>
        )}
        {unable ? <Notice tone="warn" title="This browser knows no passkeys">An authenticator app works in any browser.</Notice> : null}
        <noscript>
          <Notice tone="warn" title="Passkeys need JavaScript">An authenticator app works without it.</Notice>
        </noscript>
      </Card>
    </>
  )
}

function Create({ offer, error }: { offer: PasskeyOffer; error: string | undefined }) {
  const form = useRef<HTMLFormElement>(null)
  const answer = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  const create = async () => {
    setState('asking')
    try {
      const made = await startRegistration({ optionsJSON: offer })
      if (answer.current) answer.current.value = JSON.stringify(made)
      form.current?.requestSubmit()
    } catch {
      setState('failed') // closed by the person, or there already: the browser has said which
    }
  }
  return (
    <PostForm formRef={form} action={here} className="grid max-w-100 gap-4">
      <input type="hidden" name="intent" value="add" />
      <input ref={answer} type="hidden" name="answer" />
      <TextField name="name" label="Name" hint="So that you can tell your passkeys apart." defaultValue="This device" maxLength={60} required error={error} />
      <div>
        <Button type="button" tone="primary" icon="passkey" busy={state === 'asking'} onClick={create}>
          Create passkey
        </Button>
      </div>
      {state === 'failed' ? (
        <Notice tone="warn" title="No passkey was made" live>
          It was cancelled, took too long, or this device has one for you already.
        </Notice>
      ) : null}
    </PostForm>
  )
}
