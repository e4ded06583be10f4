import { amsNames, type AmsConnectionView, type AmsTested } from '../../../worker/calls/ams/contract.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { amsKindSays, troubleSays } from './ams-words.ts'

const HERE = '/ams-connection'

type AmsPageProps = { connections: readonly AmsConnectionView[]; next: string | null; refused: Refused | null; tested: AmsTested | null; asksToRevoke: boolean }

/** The agency management system that calls are matched with and handed over to, and those before it. */
export function AmsPage({ connections, next, refused, tested, asksToRevoke }: AmsPageProps) {
  const open = connections.find(({ state }) => state === 'active')
  const add = (
    <LinkButton href={`${HERE}/new`} tone="primary" icon="plus">
      Connect an AMS
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="AMS" lead="The agency management system is where a call’s note is kept. Who calls is asked there each time, and nothing of it is kept here." {...(open ? {} : { actions: add })} />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {tested ? <Outcome tested={tested} /> : null}
      {open && asksToRevoke ? <Revoke open={open} /> : null}
      {open ? <Open open={open} refused={refused} /> : <EmptyState icon="plug" title="No AMS is connected" action={add}>Until one is, calls are logged and forgotten after thirty days, and no note is written.</EmptyState>}
      {connections.length > 1 || (connections.length === 1 && !open) ? (
        <DataTable<AmsConnectionView>
          caption="Revoked connections"
          columns={columns}
          rows={connections.filter(({ state }) => state === 'revoked')}
          rowId={({ id }) => id}
          empty={<EmptyState icon="plug" title="None">Nothing was revoked yet.</EmptyState>}
          footer={<Pagination summary={`${connections.length} shown`} next={next ? `${HERE}?cursor=${encodeURIComponent(next)}` : undefined} />}
        />
      ) : null}
    </>
  )
}

const columns: readonly Column<AmsConnectionView>[] = [
  { key: 'label', header: 'Name', phone: 'title', cell: ({ label }) => <span className="font-medium">{label}</span> },
  { key: 'kind', header: 'Kind', cell: ({ kind }) => amsNames[kind] },
  { key: 'since', header: 'Connected', quiet: true, fit: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { key: 'until', header: 'Revoked', quiet: true, fit: true, cell: ({ revokedAt }) => (revokedAt === null ? '–' : <RelativeTime at={revokedAt} />) },
]

function Outcome({ tested: { trouble, contacts } }: { tested: AmsTested }) {
  if (trouble !== null) {
    return (
      <Notice tone="bad" title="The test failed" live>
        {troubleSays(trouble)}
      </Notice>
    )
  }
  return (
    <Notice tone="ok" title="The test passed" live>
      {contacts === null ? 'Address and credentials are right.' : contacts === 1 ? 'One contact has this number.' : `${contacts === 0 ? 'No' : contacts} contacts have this number.`}
    </Notice>
  )
}

function Open({ open, refused }: { open: AmsConnectionView; refused: Refused | null }) {
  const { settings } = open
  const errors = fieldErrors(refused)
  return (
    <>
      <Card title={open.label}>
        <div className="grid gap-4">
          <p className="max-w-[68ch] text-ink-2">{amsKindSays[open.kind]}</p>
          <DefinitionList
            items={[
              { term: 'Kind', value: amsNames[open.kind] },
              { term: 'Address', value: <span className="[overflow-wrap:anywhere]">{settings.address}</span>, mono: true },
              ...(settings.kind === 'hawksoft' ? [{ term: 'Agency', value: settings.officeId === null ? settings.agencyId : `${settings.agencyId}, office ${settings.officeId}` }] : []),
              { term: 'Credentials', value: 'Sealed; sent to this address alone, and shown to nobody.' },
              { term: 'Connected', value: <RelativeTime at={open.createdAt} /> },
              { term: 'Last test', value: open.testedAt === null ? 'Never' : <>{open.testTrouble === null ? 'Passed' : troubleSays(open.testTrouble)} <RelativeTime at={open.testedAt} /></> },
            ]}
          />
          <div>
            <LinkButton href={`${HERE}?revoke`} tone="quiet">
              Revoke …
            </LinkButton>
          </div>
        </div>
      </Card>
      <Card title="Try it">
        <PostForm action={HERE} className="grid max-w-120 gap-4">
          <input type="hidden" name="connection" value={open.id} />
          {open.kind === 'webhook' ? null : <TextField name="phone" type="tel" label="Telephone number" hint="A client’s, if you like: how many have it is shown, and nothing else." defaultValue={refused?.typed['phone']} error={errors['phone']} />}
          <div>
            <Button name="intent" value="test">
              Send a test
            </Button>
          </div>
        </PostForm>
      </Card>
      {settings.kind === 'rest' ? <CodeBlock label="Mapping" text={JSON.stringify(settings.mapping, null, 2)} /> : null}
    </>
  )
}

/** What is destroyed cannot be given back, so it is asked for once more. */
function Revoke({ open }: { open: AmsConnectionView }) {
  return (
    <Card title={`Revoke ${open.label}?`}>
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">What it is asked with is destroyed at once. Notes that it has stay there; calls that it has not got yet wait for the next AMS, thirty days at most.</p>
        <PostForm action={HERE} className="flex flex-wrap gap-2">
          <input type="hidden" name="connection" value={open.id} />
          <Button tone="danger" name="intent" value="revoke">
            Revoke it
          </Button>
          <LinkButton href={HERE}>Keep it</LinkButton>
        </PostForm>
      </div>
    </Card>
  )
}
