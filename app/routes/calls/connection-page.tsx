import type { HandlerView } from '../../../worker/calls/intake/contract.ts'
import type { ProviderPageView } from '../../../worker/calls/intake/read-provider-page.ts'
import type { ConnectionShown, HookEventView } from '../../../worker/core/hooks/contract.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AddressAndSecret } from './address-and-secret.tsx'
import { verdictWords } from './call-words.ts'

export type ConnectionOutcome = { readonly shown?: ConnectionShown; readonly tested?: { readonly accepted: boolean; readonly verdict: string } }

/** One dialler: what came in, whom its words mean, and what its messages are proven with. */
export function ConnectionPage({ view, outcome, refused, asksToRevoke }: { view: ProviderPageView; outcome: ConnectionOutcome | null; refused: Refused | null; asksToRevoke: boolean }) {
  const { connection } = view
  const here = `/call-connections/${connection.id}`
  const open = connection.state === 'active'
  return (
    <>
      <PageHeader title={connection.label} lead={open ? 'Messages are taken within a limit of 200 a minute over all diallers.' : 'Revoked: nothing is taken any more.'} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {outcome?.shown ? <AddressAndSecret shown={outcome.shown} /> : null}
      {outcome?.tested ? (
        <Notice tone={outcome.tested.accepted ? 'ok' : 'bad'} title={outcome.tested.accepted ? 'The test message was accepted' : 'The test message was refused'} live>
          It was signed with this connection’s secret and went through the same check as any other.
        </Notice>
      ) : null}
      {open && asksToRevoke ? <Revoke here={here} label={connection.label} /> : null}
      <DataTable<HookEventView>
        caption="Last messages"
        columns={eventColumns}
        rows={view.events}
        rowId={({ at, eventId, verdict }) => `${at} ${eventId ?? verdict}`}
        empty={<EmptyState icon="plug" title="Nothing came in yet">Send a test, or make a call: each message stands here by its id, and nothing of what it said.</EmptyState>}
      />
      <Handlers view={view} here={here} open={open} refused={refused} />
      {open ? <Secret connection={connection} here={here} refused={refused} /> : null}
    </>
  )
}

const eventColumns: readonly Column<HookEventView>[] = [
  { key: 'id', header: 'Id', mono: true, phone: 'title', cell: ({ eventId }) => <span className="[overflow-wrap:anywhere]">{eventId ?? 'not proven'}</span> },
  { key: 'type', header: 'Tells of', cell: ({ type }) => type ?? '–' },
  { key: 'verdict', header: 'Verdict', fit: true, cell: ({ verdict }) => <StatusChip tone={verdictWords[verdict]?.tone}>{verdictWords[verdict]?.says ?? verdict}</StatusChip> },
  { key: 'at', header: 'When', quiet: true, fit: true, cell: ({ at }) => <RelativeTime at={at} /> },
]

function Handlers({ view: { handlers, members }, here, open, refused }: { view: ProviderPageView; here: string; open: boolean; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  const nameOf = (memberId: string) => members.find(({ id }) => id === memberId)?.name ?? 'a former member'
  const columns: readonly Column<HandlerView>[] = [
    { key: 'word', header: 'The dialler says', mono: true, phone: 'title', cell: ({ word }) => word },
    { key: 'member', header: 'and means', cell: ({ memberId }) => nameOf(memberId) },
    {
      key: 'act', header: 'Act', headerHidden: true, align: 'end', fit: true,
      cell: ({ id, word }) => (
        <PostForm action={here}>
          <input type="hidden" name="intent" value="unmap" />
          <Button size="sm" tone="quiet" name="handler" value={id}>
            Remove<span className="sr-only"> {word}</span>
          </Button>
        </PostForm>
      ),
    },
  ]
  return (
    <>
      <DataTable<HandlerView>
        caption="Whom it means"
        columns={columns}
        rows={handlers}
        rowId={({ id }) => id}
        empty={<EmptyState icon="people" title="Nobody is known to it">Say below which extension, user id or e-mail address is whose. Until then its calls are seen by administrators only.</EmptyState>}
      />
      {open ? (
        <Card title="Say who is who">
          <PostForm className="grid max-w-120 gap-4">
            <TextField name="word" label="Extension, user id or e-mail address" hint="As the dialler sends it." required defaultValue={refused?.typed['word']} error={errors['word']} />
            <SelectField name="memberId" label="Member" required none="Choose" choices={members.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={refused?.typed['memberId'] ?? ''} error={errors['memberId']} />
            <div>
              <Button name="intent" value="map">
                Note it
              </Button>
            </div>
          </PostForm>
        </Card>
      ) : null}
    </>
  )
}

function Secret({ connection, here, refused }: { connection: ProviderPageView['connection']; here: string; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <Card title="Secret">
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">
          In use since <RelativeTime at={connection.secretAt} />.{' '}
          {connection.previousUntil === null ? 'A replaced secret is accepted for a day more, so that nothing is lost meanwhile.' : (
            <>
              The one before it is accepted until <RelativeTime at={connection.previousUntil} exact />.
            </>
          )}
        </p>
        <PostForm>
          <Button name="intent" value="test">
            Send a test
          </Button>
        </PostForm>
        <PostForm className="grid max-w-120 gap-4">
          <TextField name="secret" mono autoComplete="off" label="New secret" hint="Only where the dialler makes one itself. Left empty, one is made." error={errors['secret']} />
          <div className="flex flex-wrap gap-2">
            <Button name="intent" value="rotate">
              Replace the secret
            </Button>
            <LinkButton href={`${here}?revoke`} tone="quiet">
              Revoke …
            </LinkButton>
          </div>
        </PostForm>
      </div>
    </Card>
  )
}

/** A revoked connection cannot be given back, so it is asked for once more. */
function Revoke({ here, label }: { here: string; label: string }) {
  return (
    <Card title={`Revoke ${label}?`}>
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">Its next message is refused, and its secret is destroyed. Calls that were noted stay.</p>
        <PostForm action={here} className="flex flex-wrap gap-2">
          <Button tone="danger" name="intent" value="revoke">
            Revoke it
          </Button>
          <LinkButton href={here}>Keep it</LinkButton>
        </PostForm>
      </div>
    </Card>
  )
}
