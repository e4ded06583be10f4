import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { callOutcomes, dispositions, type CallContent, type CallView } from '../../../worker/calls/log/contract.ts'
import { readNamedCall } from '../../../worker/calls/log/list-named-calls.ts'
import { mayReplay, replayCall } from '../../../worker/calls/sync/replay-call.ts'
import { action as posted, page } from '../../page.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { directionWords, outcomeTones, spokenFor } from './call-words.ts'
import { momentsOf } from './call-moments.tsx'
import { HandOver } from './hand-over.tsx'

export const meta: MetaFunction = () => [{ title: 'Call · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Call log', href: '/calls' }, { label: 'Call' }] }

export const loader = page(({ door, params }) => door.tenant(async (ctx) => ({ ...(await readNamedCall(ctx, params['callId'] ?? '')), mayReplay: mayReplay(ctx) })))

/** Hands the call over once more. */
export const action = posted(async ({ door, params }) => {
  const id = params['callId'] ?? ''
  await door.tenant((ctx) => replayCall(ctx, id))
  throw redirect(`/calls/${id}`)
})

/** One call: what is kept of it, what happened to it, and when the rest goes. */
export default function Call() {
  const { call, content, member, mayReplay: replays } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <PageHeader title={`Call with ${call.number ?? 'a withheld number'}`} lead={`${directionWords[call.direction] === 'In' ? 'It came in' : 'It went out'}; opening it stands in the audit log.`} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="The call">
          <DefinitionList
            items={[
              { term: 'Outcome', value: <StatusChip tone={outcomeTones[call.outcome]}>{callOutcomes[call.outcome]}</StatusChip> },
              { term: 'With', value: withWhom(call, content) },
              { term: 'Handled by', value: member ?? 'nobody known' },
              { term: 'Came of it', value: call.disposition && dispositions[call.disposition] },
              { term: 'Spoke for', value: spokenFor(call.durationS) },
              { term: 'Number', value: content?.phone ?? call.number ?? 'withheld', mono: true },
            ]}
          />
        </Card>
        <Card title="Its life">
          <Timeline label="What happened to this call" moments={momentsOf(call)} />
        </Card>
      </div>
      <HandOver call={call} mayReplay={replays} />
      {content === null ? (
        <Notice tone="info" title="Nothing of the other party is kept">
          Number, transcript and text were destroyed with this call’s own key. Times and the last four digits stay.
        </Notice>
      ) : (
        <Said content={content} capAt={call.capAt} />
      )}
    </>
  )
}

/** Whom a call is with, as long as that is kept: the AMS's name for them, or that there is none. */
function withWhom({ matches }: CallView, content: CallContent | null): string | null {
  if (content?.contact) return content.contact.name
  if (content?.nobody) return 'none of those whom the AMS knows by the number'
  if (matches === null) return null
  if (matches === 0) return 'unmatched'
  // Which of several it was is forgotten with the call.
  return content === null ? (matches === 1 ? 'a contact in the AMS' : `a number that ${matches} contacts have`) : `one of ${matches} contacts, not said which`
}

function Said({ content: { transcript, text }, capAt }: { content: CallContent; capAt: number }) {
  return (
    <Card title="What was said">
      <div className="grid gap-3">
        {transcript === null && text === null ? <p className="text-ink-2">The dialler sent no transcript and no text. A recording is never taken: it stays with the dialler.</p> : null}
        {text === null ? null : <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>}
        {transcript === null ? null : <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">{transcript}</p>}
        <p className="text-xs text-ink-3">
          Goes at the latest <RelativeTime at={capAt} />.
        </p>
      </div>
    </Card>
  )
}
