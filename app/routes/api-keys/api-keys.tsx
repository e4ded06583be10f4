import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { IssueApiKey, scopes, type ApiKeyView } from '../../../worker/core/api/contract.ts'
import { issueApiKey } from '../../../worker/core/api/issue-api-key.ts'
import { readApiKeys } from '../../../worker/core/api/read-api-keys.ts'
import { revokeApiKey } from '../../../worker/core/api/revoke-api-key.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CheckboxGroup } from '../../ui/checkbox-field.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ShownOnce } from '../../ui/shown-once.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { TextField } from '../../ui/text-field.tsx'

export const meta = () => [{ title: 'API keys · Countersign' }]
export const handle = { crumbs: () => [{ label: 'API keys' }] }

const PER_PAGE = 25

export const loader = page(({ door, url }) => door.tenant((ctx) => readApiKeys(ctx, { cursor: url.searchParams.get('cursor') ?? undefined, limit: PER_PAGE })))

export const action = posted(async ({ door, form }) => {
  if (form.get('intent') === 'revoke') {
    await door.tenant((ctx) => revokeApiKey(ctx, form.get('key') ?? ''))
    return { revoked: true, issued: null }
  }
  const wanted = input(IssueApiKey, { label: form.get('label') ?? '', scopes: form.getAll('scopes'), days: form.get('days') ?? 90 })
  return { revoked: false, issued: await door.tenant((ctx) => issueApiKey(ctx, wanted)) }
})

const tones = { active: 'ok', revoked: 'bad', expired: 'mute' } as const

const columns: readonly Column<ApiKeyView>[] = [
  { key: 'label', header: 'Name', phone: 'title', cell: (key) => key.label },
  { key: 'prefix', header: 'Key', cell: (key) => <span className="font-mono text-xs">{key.prefix}</span> },
  { key: 'scopes', header: 'May', cell: (key) => key.scopes.join(', ') },
  { key: 'state', header: 'State', cell: (key) => <StatusChip tone={tones[key.state]}>{key.state}</StatusChip> },
  { key: 'expires', header: 'Ends', cell: (key) => <RelativeTime at={key.expiresAt} /> },
  {
    key: 'revoke',
    header: 'Revoke',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: (key) =>
      key.state === 'active' ? (
        <LinkButton href={`/api-keys?revoke=${key.id}`} size="sm" tone="quiet">
          Revoke …<span className="sr-only"> {key.label}</span>
        </LinkButton>
      ) : null,
  },
]

/** What each scope opens, in the words of the right behind it. */
const scopeWords: Record<(typeof scopes)[number], string> = {
  'members.read': 'See who works here, and in which role',
  'documents.read': 'List documents and ask for a download link',
  'documents.write': 'Upload documents, put its own into the trash',
  'audit.read': 'Read the audit log',
}

export default function ApiKeys() {
  const { keys, next, mayIssue } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const issued = done && 'issued' in done ? done.issued : null
  const [params] = useSearchParams()
  // A question in the address that no longer makes sense is none.
  const asked = mayIssue ? keys.find(({ id, state }) => id === params.get('revoke') && state === 'active') : undefined
  return (
    <>
      <PageHeader title="API keys" lead="A key lets a program of yours use the API within its scopes. Its secret is shown once, kept as a hash, and sent in the Authorization header only." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {done && 'revoked' in done && done.revoked ? <Notice tone="ok" title="The key is revoked" live>Whatever used it is refused from now on.</Notice> : null}
      {issued ? (
        <ShownOnce title={`Key ${issued.key.label} is ready`} label="API key" text={issued.token}>
          Copy it now: it is not kept and cannot be shown again.
        </ShownOnce>
      ) : null}
      {asked ? <RevokeKey apiKey={asked} /> : null}
      <DataTable
        caption="Workspace API keys"
        columns={mayIssue ? columns : columns.filter(({ key }) => key !== 'revoke')}
        rows={keys}
        rowId={(key) => key.id}
        empty={<EmptyState icon="key" title="No keys yet">{mayIssue ? 'Issue one below to let a program read or write for this tenant.' : 'The owner issues keys, for programs that read or write for this tenant.'}</EmptyState>}
        footer={<Pagination summary={`${keys.length} shown`} next={next ? `/api-keys?cursor=${encodeURIComponent(next)}` : undefined} />}
      />
      {mayIssue ? <IssueKey refused={refused} /> : null}
    </>
  )
}

/** A revoked key cannot be given back, so it is asked for once more. */
function RevokeKey({ apiKey }: { apiKey: ApiKeyView }) {
  return (
    <Card title={`Revoke ${apiKey.label}?`}>
      <div className="grid gap-4">
        <p className="max-w-[68ch] text-ink-2">Whatever uses it is refused from its next request on. A key cannot be brought back: issue another one and put it in its place first.</p>
        <PostForm action="/api-keys" className="flex flex-wrap gap-2">
          <input type="hidden" name="intent" value="revoke" />
          <Button tone="danger" name="key" value={apiKey.id}>
            Revoke it
          </Button>
          <LinkButton href="/api-keys">Keep it</LinkButton>
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
        <TextField name="label" label="Name" hint="What will use it." required error={errors['label']} defaultValue={refused?.typed['label']} />
        <CheckboxGroup name="scopes" label="It may" choices={scopes.map((scope) => ({ value: scope, label: scope, hint: scopeWords[scope] }))} error={errors['scopes']} />
        <TextField name="days" type="number" label="Days until it ends" defaultValue={refused?.typed['days'] ?? '90'} error={errors['days']} />
        <div>
          <Button tone="primary" name="intent" value="issue">
            Issue key
          </Button>
        </div>
      </PostForm>
    </Card>
  )
}
