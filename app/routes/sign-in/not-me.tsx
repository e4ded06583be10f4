import { useActionData, useLoaderData } from '@remix-run/react'
import { reportNotMe } from '../../../worker/core/identity/report-not-me.ts'
import { action as posted, page } from '../../page.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LinkQuestion } from './link-question.tsx'

export const meta = () => [{ title: 'It was not me · Countersign' }]

export const loader = page(async ({ door }) => ({ csrf: await door.csrfToken() }))

export const action = posted(async ({ door, params }) => {
  await reportNotMe(door.visit(), params['token'] ?? '')
  return { reported: true }
})

export default function NotMePage() {
  const { csrf } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  if (done && 'reported' in done)
    return (
      <PublicFrame title="Everybody is signed out" lead="Nobody gets in with the old password any more." csrf={csrf}>
        <Notice tone="ok" title="A link to set a new password is on its way" live>
          It works once, for one hour.
        </Notice>
      </PublicFrame>
    )
  return (
    <LinkQuestion
      title="Was it not you?"
      lead="Every session of your account ends, every browser counts as new, and you set a new password through a link that we mail to you."
      button="It was not me: sign everybody out"
      danger
      refused={done ?? null}
      csrf={csrf}
    />
  )
}
