import type { ActivityView, CarrierKeyView } from '../../../../worker/contracting/carriers/contract.ts'
import type { CarrierPageView } from '../../../../worker/contracting/carriers/read-carrier-page.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { DefinitionList } from '../../../ui/definition-list.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { ShownOnce } from '../../../ui/shown-once.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { lineNames, partNames, type CarrierOutcome } from './carrier-words.ts'

type Access = NonNullable<CarrierPageView['access']>
const tones = { active: 'ok', revoked: 'bad', expired: 'mute' } as const

export function CarrierPage({ view, outcome, refused, asked }: { view: CarrierPageView; outcome: CarrierOutcome | null; refused: Refused | null; asked: string | null }) {
  const { carrier, access, mayWrite, mayIssue, maySetWebhook } = view
  const here = `/carriers/${carrier.id}`
  const revoking = mayIssue ? access?.keys.find(({ id, state }) => id === asked && state === 'active') : undefined
  return (
    <>
      <PageHeader
        title={carrier.name}
        lead={`NAIC ${carrier.naic}`}
        actions={
          <>
            <LinkButton href={`/requests?carrier=${carrier.id}`}>Its requests</LinkButton>
            {mayWrite ? <LinkButton href={`${here}/terms`}>Change</LinkButton> : null}
          </>
        }
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {outcome?.revoked ? <Notice tone="ok" title="The key is revoked" live>Whatever used it is refused from now on. No other key notices.</Notice> : null}
      {outcome?.ended ? <Notice tone="ok" title="It is called no more" live>What waited for it is dropped when its turn comes.</Notice> : null}
      {outcome?.token ? (
        <ShownOnce title={`Key ${outcome.token.label} is ready`} label="Carrier API key" text={outcome.token.text}>
          Hand it to {carrier.name} by a way that only they read. It is not kept and cannot be shown again.
        </ShownOnce>
      ) : null}
      {outcome?.secret ? (
        <ShownOnce title="The address is set" label="Webhook secret" text={outcome.secret}>
          Hand it to {carrier.name}: with it they check that a call is ours. It cannot be shown again.
        </ShownOnce>
      ) : null}
      {revoking ? <RevokeKey keyView={revoking} here={here} /> : null}
      <Card title="Terms">
        <DefinitionList
          items={[
            { term: 'States', value: carrier.states.join(', ') },
            { term: 'Lines', value: lineNames(carrier.lines) },
            { term: 'Also asks for', value: partNames(carrier.asksFor) },
          ]}
        />
      </Card>
      {access ? (
        <>
          <Keys access={access} here={here} mayIssue={mayIssue} />
          {mayIssue ? <IssueKey refused={refused} /> : null}
          {maySetWebhook ? <Webhook access={access} refused={refused} /> : null}
          <Activity access={access} here={here} />
        </>
      ) : null}
    </>
  )
}

const keyColumns = (here: string, mayIssue: boolean): readonly Column<CarrierKeyView>[] => [
  { key: 'label', header: 'Name', phone: 'title', cell: (key) => key.label },
  { key: 'prefix', header: 'Key', mono: true, cell: (key) => key.prefix },
  { key: 'state', header: 'State', cell: (key) => <StatusChip tone={tones[key.state]}>{key.state}</StatusChip> },
  { key: 'expires', header: 'Ends', cell: (key) => <RelativeTime at={key.expiresAt} /> },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: (key) =>
      mayIssue ? (
        <span className="flex flex-wrap justify-end gap-2">
          <PostForm action={here}>
            <input type="hidden" name="intent" value="replace" />
            <Button size="sm" tone="quiet" name="key" value={key.id}>
              Issue anew<span className="sr-only"> {key.label}</span>
            </Button>
          </PostForm>
          {key.state === 'active' ? (
            <LinkButton href={`${here}?revoke=${key.id}`} size="sm" tone="quiet">
              Revoke …<span className="sr-only"> {key.label}</span>
            </LinkButton>
          ) : null}
        </span>
      ) : null,
  },
]

function Keys({ access, here, mayIssue }: { access: Access; here: string; mayIssue: boolean }) {
  return (
    <DataTable<CarrierKeyView>
      caption="API keys"
      columns={keyColumns(here, mayIssue)}
      rows={access.keys}
      rowId={({ id }) => id}
      empty={<EmptyState icon="key" title="No keys yet">Issue one below: with it the carrier’s program reads what is handed over, and answers.</EmptyState>}
      footer={<Pagination summary={`${access.keys.length} shown`} next={access.nextKeys ? `${here}?keys=${encodeURIComponent(access.nextKeys)}` : undefined} />}
    />
  )
}

/** A revoked key cannot be given back, so it is asked for once more. */
function RevokeKey({ keyView, here }: { keyView: CarrierKeyView; here: string }) {
  return (
    <Card title={`Revoke ${keyView.label}?`}>
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">The carrier’s program is refused from its next request on. To give it another key in the same moment, issue this one anew instead.</p>
        <PostForm action={here} className="flex flex-wrap gap-2">
          <input type="hidden" name="intent" value="revoke" />
          <Button tone="danger" name="key" value={keyView.id}>
            Revoke it
          </Button>
          <LinkButton href={here}>Keep it</LinkButton>
        </PostForm>
      </div>
    </Card>
  )
}

function IssueKey({ refused }: { refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <Card title="Issue a key">
      <PostForm className="grid max-w-120 gap-4">
        <TextField name="label" label="Name" hint="Which of the carrier’s programs will use it." required error={errors['label']} defaultValue={refused?.typed['label']} />
        <TextField name="days" type="number" label="Days until it ends" defaultValue={refused?.typed['days'] ?? '365'} error={errors['days']} />
        <div>
          <Button tone="primary" name="intent" value="issue">
            Issue key
          </Button>
        </div>
      </PostForm>
    </Card>
  )
}

function Webhook({ access: { webhook }, refused }: { access: Access; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <Card title="Webhook">
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">
          {webhook ? (
            <>
              <span className="font-mono text-xs">{webhook.url}</span> is called when something is handed over, since <RelativeTime at={webhook.createdAt} />. Another address gets another secret.
            </>
          ) : (
            'Called when something is handed over, signed as Standard Webhooks has it. Without one the carrier asks by itself.'
          )}
        </p>
        <PostForm className="grid max-w-160 gap-4">
          <TextField name="url" type="url" label="Address" hint="https, with a public host name." required error={errors['url']} defaultValue={refused?.typed['url']} />
          <div className="flex flex-wrap gap-2">
            <Button name="intent" value="webhook">
              {webhook ? 'Set another address' : 'Set address'}
            </Button>
          </div>
        </PostForm>
        {webhook ? (
          <PostForm>
            <Button tone="quiet" name="intent" value="webhook-end">
              Call it no more
            </Button>
          </PostForm>
        ) : null}
      </div>
    </Card>
  )
}

const activityColumns: readonly Column<ActivityView>[] = [
  { key: 'path', header: 'Call', mono: true, phone: 'title', cell: ({ method, path }) => <span className="[overflow-wrap:anywhere]">{`${method} ${path}`}</span> },
  { key: 'status', header: 'Result', fit: true, cell: ({ status, times }) => <StatusChip tone={status < 400 ? 'ok' : status < 500 ? 'warn' : 'bad'}>{times === 1 ? status : `${status}, ${times} times`}</StatusChip> },
  { key: 'at', header: 'When', quiet: true, fit: true, cell: ({ at }) => <RelativeTime at={at} /> },
]

function Activity({ access, here }: { access: Access; here: string }) {
  return (
    <DataTable<ActivityView>
      caption="What its programs called"
      columns={activityColumns}
      rows={access.activity}
      rowId={({ at, keyId, path }) => `${at} ${keyId} ${path}`}
      empty={<EmptyState icon="audit" title="Nothing was called yet">Each call of its programs stands here and in the audit log; the carrier reads the same by its own key.</EmptyState>}
      footer={<Pagination summary={`${access.activity.length} shown`} next={access.nextActivity ? `${here}?activity=${encodeURIComponent(access.nextActivity)}` : undefined} />}
    />
  )
}
