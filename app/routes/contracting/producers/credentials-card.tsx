import { credentialKinds, type CredentialView } from '../../../../worker/contracting/producers/contract.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { credentialTones, credentialWords } from './words.ts'

export const credentialColumns: readonly Column<CredentialView>[] = [
  { key: 'label', header: 'For', phone: 'title', cell: ({ label }) => <span className="font-medium">{label}</span> },
  { key: 'kind', header: 'What', cell: ({ kind }) => credentialKinds[kind] },
  { key: 'tail', header: 'Ends in', mono: true, cell: ({ tail }) => `…${tail}` },
  { key: 'state', header: 'State', cell: ({ state }) => <StatusChip tone={credentialTones[state]}>{credentialWords[state]}</StatusChip> },
  { key: 'given', header: 'Given', quiet: true, fit: true, cell: ({ issuedAt }) => <RelativeTime at={issuedAt} /> },
]

const withRevoke: readonly Column<CredentialView>[] = [
  ...credentialColumns,
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: ({ id, label, state }) =>
      state === 'revoked' ? null : (
        <PostForm>
          <input type="hidden" name="intent" value="revoke" />
          <Button size="sm" tone="quiet" name="credential" value={id}>
            Revoke<span className="sr-only"> {label}</span>
          </Button>
        </PostForm>
      ),
  },
]

/** Writing numbers and log-ins given to a producer, and the form to give one. */
export function CredentialsCard({ credentials, mayIssue, refused }: { credentials: readonly CredentialView[]; mayIssue: boolean; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  return (
    <>
      <Card title="Credentials" flush>
        <DataTable<CredentialView>
          bare
          caption="Credentials given to this producer"
          columns={mayIssue ? withRevoke : credentialColumns}
          rows={credentials}
          rowId={({ id }) => id}
          empty={<EmptyState icon="key" title="None given yet">Writing numbers and portal log-ins: sealed when typed, seen by the producer once.</EmptyState>}
        />
      </Card>
      {mayIssue ? (
        <Card title="Give a credential">
          <PostForm className="grid max-w-120 gap-4">
            <SelectField name="kind" label="What it is" required choices={Object.entries(credentialKinds).map(([value, label]) => ({ value, label }))} error={errors['kind']} defaultValue={refused?.typed['kind']} />
            <TextField name="label" label="What it is for" hint="A carrier’s name, or its portal’s." required autoComplete="off" error={errors['label']} defaultValue={refused?.typed['label']} />
            <TextField name="secret" label="Writing number or user name" required autoComplete="off" spellCheck={false} error={errors['value']} />
            <TextField name="password" label="Password" hint="For a log-in only." autoComplete="off" spellCheck={false} error={errors['password']} />
            <div>
              <Button tone="primary" name="intent" value="issue">
                Give it
              </Button>
            </div>
          </PostForm>
        </Card>
      ) : null}
    </>
  )
}
