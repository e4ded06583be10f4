import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { problemWords } from '../../worker/core/api/problem-words.ts'
import { Fault } from '../../worker/core/failure.ts'
import { page } from '../page.ts'
import { PublicFrame } from '../shell/public-frame.tsx'
import { DefinitionList } from '../ui/definition-list.tsx'
import { LinkButton } from '../ui/button.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.words.title ?? 'Not found'} · Countersign` }]

/** Where the `type` of every RFC 9457 problem leads. */
export const loader = page(async ({ door, params }) => {
  const words = problemWords.get(params['code'] ?? '')
  if (!words) throw new Fault({ code: 'not_found' })
  return { words, csrf: await door.csrfToken() }
})

export default function ProblemPage() {
  const { words, csrf } = useLoaderData<typeof loader>()
  return (
    <PublicFrame title={words.title} lead={words.detail} csrf={csrf}>
      <div className="grid gap-5">
        <DefinitionList items={[{ term: 'Status', value: String(words.status), mono: true }, { term: 'Code', value: words.code, mono: true }]} />
        <LinkButton href="/api/docs">The API’s documentation</LinkButton>
      </div>
    </PublicFrame>
  )
}
