import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { endSessions } from '../../../worker/core/tenancy/end-sessions.ts'
import { readSettings } from '../../../worker/core/tenancy/read-settings.ts'
import { action as posted, page } from '../../page.ts'
import { Question } from '../../shell/question.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign everybody out · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Security', href: '/security' }, { label: 'Sign everybody out' }] }

export const loader = page(async ({ door, url }) => {
  const { name, mayEndSessions } = await door.tenant(readSettings)
  if (!mayEndSessions) throw new Fault({ code: 'role_required', need: 'tenant.end_sessions' })
  return { name, confirmed: url.searchParams.get('confirmed') === '1' }
})

/** The second press, with the proof, ends them all: the one that pressed too. */
export const action = posted(async ({ door }) => {
  await door.tenant(endSessions)
  throw redirect('/')
})

export default function SignOutAll() {
  const { name, confirmed } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return (
    <Question
      title={`Sign everybody out of ${name}?`}
      refused={refused}
      confirmed={confirmed}
      means={['Every session that is open now opens nothing here from this moment on, yours too.', 'Everybody may sign in again. Roles, second factors and API keys stay as they are.', 'Do it when a device or a password may be in the wrong hands.']}
      yes="Sign everybody out"
      danger
      back="/security"
    />
  )
}
