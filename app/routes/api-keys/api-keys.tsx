import { useActionData, useLoaderData } from '@remix-run/react'
import { IssueApiKey, scopes, type ApiKeyView } from '../../../worker/core/api/contract.ts'
import { issueApiKey } from '../../../worker/core/api/issue-api-key.ts'
import { readApiKeys } from '../../../worker/core/api/read-api-keys.ts'
import { revokeApiKey } from '../../../worker/core/api/revoke-api-key.ts'
import { action as posted, input, page } from '../../page.ts'
import { fieldErrors, type Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CheckboxGroup } from '../../ui/checkbox-field.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
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
    const revoked = await door.tenant((ctx) => revokeApiKey(ctx, form.get('key') ?? ''))
    return { revoked, issued: null }
  }
  const wanted = input(IssueApiKey, { label: form.get('label') ?? '', scopes: form.getAll('scopes'), days: form.get('days') ?? 90 })
  return { revoked: null, issued: await door.tenant((ctx) => issueApiKey(ctx, wanted)) }
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
    header: '',
    cell: (key) =>
      key.state === 'active' ? (
        <PostForm>
          <input type="hidden" name="intent" value="revoke" />
          <button name="key" value={key.id} className="min-h-6 text-sm text-bad hover:underline">
            Revoke<span className="sr-only"> {key.label}</span>
          </button>
        </PostForm>
      ) : null,
  },
]

export default function ApiKeys() {
  const { keys, next, mayIssue } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const refused = done && 'problem' in done ? done : null
  const issued = done && 'issued' in done ? done.issued : null
  return (
    <>
      <PageHeader title="API keys" lead="A key lets a program of yours use the API within its scopes. Its secret is shown once, kept as a hash, and sent in the Authorization header only." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {issued ? (
        <ShownOnce title={`Key ${issued.key.label} is ready`} label="API key" text={issued.token}>
          Copy it now: it is not kept and cannot be shown again.
        </ShownOnce>
      ) : null}
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

function IssueKey({ refused }: { refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <Card title="Issue a key">
      <PostForm className="grid max-w-120 gap-4">
        <TextField name="label" label="Name" hint="What will use it." required error={errors['label']} defaultValue={refused?.typed['label']} />
        <CheckboxGroup name="scopes" label="It may" choices={scopes.map((scope) => ({ value: scope, label: scope }))} error={errors['scopes']} columns={2} />
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
