import { requestKinds, requestStates } from '../../../../worker/contracting/requests/contract.ts'
import type { RequestPageView } from '../../../../worker/contracting/requests/read-request.ts'
import type { Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { stateTones } from './request-words.ts'

const doneWords: Readonly<Record<string, { title: string; says: string }>> = {
  ready: { title: 'Ready to sign', says: 'Nothing stands in its way. Fill its packet: the producer is asked to sign it.' },
  draft: { title: 'A draft again', says: 'What was signed for it no longer counts.' },
  transmitted: { title: 'Handed over', says: 'The carrier sees it now. The receipt stands below.' },
  terminated: { title: 'Ended', says: 'It stays here with its timeline.' },
}

/** States from which on there is something to fill, to sign, or to look at. */
const withPacket: ReadonlySet<string> = new Set(['ready', 'signed', 'transmitted', 'accepted', 'returned', 'appointed'])

/** One request: where it stands, what stands in its way, what comes next. */
export function RequestPage({ request, refused, done }: { request: RequestPageView; refused: Refused | null; done: string | null }) {
  const told = done === null ? undefined : doneWords[done]
  return (
    <>
      <PageHeader
        title={`${requestKinds[request.kind]}: ${request.producer}`}
        status={<StatusChip tone={stateTones[request.state]}>{requestStates[request.state]}</StatusChip>}
        lead={`To ${request.carrier.name}, for ${request.states.join(', ')}.`}
        actions={
          <>
            <LinkButton href={`/producers/${request.linkId}`}>Producer</LinkButton>
            {withPacket.has(request.state) ? <LinkButton href={`/requests/${request.id}/packet`}>Packet</LinkButton> : null}
          </>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={[refused.problem.detail, ...refused.problem.errors.map(({ detail }) => detail)].join(' ')} /> : null}
      {told ? <Notice tone="ok" title={told.title} live>{told.says}</Notice> : null}
      {request.obstacles.length > 0 ? (
        <Notice tone="warn" title={request.obstacles.length === 1 ? 'One thing stands in its way' : `${request.obstacles.length} things stand in its way`}>
          <ul className="list-disc ps-4">
            {request.obstacles.map(({ about, says }) => (
              <li key={about}>{says}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="grid gap-6">
          <Card title="Request">
            <DefinitionList
              items={[
                { term: 'Carrier', value: <LinkButton href={`/carriers/${request.carrier.id}`} size="sm" tone="quiet">{request.carrier.name}</LinkButton> },
                { term: 'States', value: request.states.join(', ') },
                { term: 'Upline', value: request.upline },
                { term: 'Drafted', value: <RelativeTime at={request.createdAt} /> },
                ...request.documents.map(({ sha256, sent }) => ({ term: sent ? 'Signed file, handed over' : 'Signed file', value: <span className="[overflow-wrap:anywhere]">{sha256}</span>, mono: true })),
                ...request.transmissions.map(({ receipt, at }) => ({ term: 'Receipt', value: <span className="[overflow-wrap:anywhere]">{receipt} · <RelativeTime at={at} /></span>, mono: true })),
                ...request.writingNumbers.map(({ number, states }) => ({ term: `Writing number ${states.join(', ')}`, value: number, mono: true })),
              ]}
            />
          </Card>
          {request.may.length > 0 ? <Steps request={request} refused={refused} /> : null}
        </div>
        <Card title="Timeline">
          <Timeline
            label="What happened to this request"
            moments={request.timeline.map(({ state, at, by, reason }, index) => ({
              key: `${at} ${index}`,
              title: requestStates[state],
              detail: reason,
              when: <>{by} · <RelativeTime at={at} /></>,
              state: state === 'returned' || state === 'declined' ? 'bad' : 'done',
            }))}
          />
        </Card>
      </div>
    </>
  )
}

/** What may be done with it now, by whoever looks. */
function Steps({ request: { may, version, carrier, obstacles }, refused }: { request: RequestPageView; refused: Refused | null }) {
  const step = (intent: 'ready' | 'draft' | 'transmitted', label: string, primary: boolean) =>
    may.includes(intent) ? (
      <PostForm>
        <input type="hidden" name="version" value={version} />
        <Button tone={primary ? 'primary' : undefined} name="intent" value={intent} disabled={intent !== 'draft' && obstacles.length > 0}>
          {label}
        </Button>
      </PostForm>
    ) : null
  return (
    <Card title="Next">
      <div className="grid gap-5">
        <div className="flex flex-wrap gap-2.5">
          {step('ready', 'Make it ready to sign', true)}
          {step('transmitted', `Hand over to ${carrier.name}`, true)}
          {step('draft', 'Make it a draft again', false)}
        </div>
        {may.includes('terminated') ? (
          <PostForm className="grid max-w-120 gap-3">
            <input type="hidden" name="version" value={version} />
            <TextField name="reason" label="Reason" hint="To end it for good." defaultValue={refused?.typed['reason']} />
            <div>
              <Button tone="quiet" name="intent" value="terminated">
                End the request
              </Button>
            </div>
          </PostForm>
        ) : null}
      </div>
    </Card>
  )
}
