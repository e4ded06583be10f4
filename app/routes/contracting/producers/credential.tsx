import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { credentialKinds } from '../../../../worker/contracting/producers/contract.ts'
import { readCredential } from '../../../../worker/contracting/producers/read-credential.ts'
import { showCredential } from '../../../../worker/contracting/producers/show-credential.ts'
import { action as posted, page } from '../../../page.ts'
import { Question } from '../../../shell/question.tsx'
import { LinkButton } from '../../../ui/button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ShownOnce } from '../../../ui/shown-once.tsx'

export const meta: MetaFunction = () => [{ title: 'See a credential · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My FMOs', href: '/fmos' }, { label: 'Credential' }] }

export const loader = page(async ({ door, params, url }) => ({ credential: await door.tenant((ctx) => readCredential(ctx, params['credentialId'] ?? '')), confirmed: url.searchParams.get('confirmed') === '1' }))

/** The first press asks for the proof, the second shows it, and there is no third. */
export const action = posted(async ({ door, params }) => ({ shown: await door.tenant((ctx) => showCredential(ctx, params['credentialId'] ?? '')) }))

export default function Credential() {
  const { credential, confirmed } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>() ?? null
  const refused = done && 'problem' in done ? done : null
  const shown = done && 'shown' in done ? done.shown : null
  const back = `/fmos/${credential.linkId}`
  if (shown) {
    return (
      <>
        <PageHeader title={credential.label} actions={<LinkButton href={back}>Done</LinkButton>} />
        <ShownOnce title={`${credentialKinds[credential.kind]} for ${credential.label}`} label={credential.kind === 'portal_login' ? 'User name and password' : 'Writing number'} text={shown.password === null ? shown.value : `${shown.value}\n${shown.password}`} />
      </>
    )
  }
  if (credential.state !== 'waiting' && !refused) {
    return (
      <>
        <PageHeader title={credential.label} actions={<LinkButton href={back}>Back</LinkButton>} />
        <Notice title={credential.state === 'shown' ? 'You have seen it' : 'It was revoked'}>{credential.state === 'shown' ? 'It was shown once and is kept nowhere. Ask for a new one if it was lost.' : 'Ask for a new one.'}</Notice>
      </>
    )
  }
  return (
    <Question
      title={`See your ${credentialKinds[credential.kind].toLowerCase()} for ${credential.label}?`}
      refused={refused}
      confirmed={confirmed}
      means={['It is shown once, on the next page, and is kept nowhere after that.', 'You confirm that it is you first.', 'That you saw it is written into your log and into theirs.']}
      yes="Show it"
      back={back}
    />
  )
}
