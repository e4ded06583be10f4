import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { answerRelease } from '../../../../worker/contracting/producers/answer-release.ts'
import { AnswerRelease } from '../../../../worker/contracting/producers/contract.ts'
import { readRelease } from '../../../../worker/contracting/producers/list-releases.ts'
import { action as posted, input, page } from '../../../page.ts'
import { fieldErrors } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ends, releaseTones, releaseWords } from './words.ts'

export const meta: MetaFunction = () => [{ title: 'Release · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Releases', href: '/releases' }, { label: 'Release' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readRelease(ctx, params['releaseId'] ?? '')))

export const action = posted(async ({ door, params, form }) => {
  const given = input(AnswerRelease, { verdict: form.get('verdict') ?? '', answer: form.get('answer') ?? '' })
  await door.tenant((ctx) => answerRelease(ctx, params['releaseId'] ?? '', given))
  throw redirect(`/releases/${params['releaseId'] ?? ''}`)
})

export default function Release() {
  const { side, other, askedBy, state, askedAt, dueAt, answeredAt, answeredBy, reason, answer } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return (
    <>
      <PageHeader title={`Parting from ${other}`} status={<StatusChip tone={releaseTones[state]}>{releaseWords[state]}</StatusChip>} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.errors[0]?.detail ?? refused.problem.detail} /> : null}
      <div className="grid max-w-160 gap-6">
        <Card title="What was asked">
          <DefinitionList
            items={[
              { term: 'By', value: askedBy === side ? 'you' : other },
              { term: 'When', value: <RelativeTime at={askedAt} /> },
              { term: 'Why', value: reason },
              ...(state === 'requested' ? [{ term: 'Granted by itself', value: <RelativeTime at={dueAt} /> }] : []),
              ...(answeredAt === null ? [] : [{ term: 'Answered', value: <RelativeTime at={answeredAt} /> }, { term: 'By whom', value: answeredBy === side ? 'you' : answeredBy === null ? null : ends[answeredBy] }, { term: 'Answer', value: answer }]),
            ]}
          />
        </Card>
        {state === 'requested' && askedBy === side ? (
          <PostForm>
            <Button name="verdict" value="withdrawn">
              Take it back
            </Button>
          </PostForm>
        ) : null}
        {state === 'requested' && askedBy !== side ? (
          <Card title="Your answer" note={side === 'fmo' ? 'Granted, you lose their passport at once. It cannot be undone; you may invite them again.' : 'Granted, they lose your passport at once. It stays with you.'}>
            <PostForm className="grid gap-4">
              <TextField name="answer" label="Anything to say" hint="They read it. May stay empty." error={fieldErrors(refused)['answer']} defaultValue={refused?.typed['answer']} />
              <div className="flex flex-wrap gap-2.5">
                <Button tone="danger" name="verdict" value="released">
                  Release
                </Button>
                <Button name="verdict" value="declined">
                  Decline
                </Button>
              </div>
            </PostForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
