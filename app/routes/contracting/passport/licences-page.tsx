import { licenceStates, linesOfAuthority } from '../../../../worker/contracting/passport/contract.ts'
import type { LicenceView, PassportView } from '../../../../worker/contracting/passport/shown.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField, CheckboxGroup } from '../../../ui/checkbox-field.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip, type Tone } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { RowActs } from './row-acts.tsx'
import { stateChoices } from './step-fields.tsx'
import { StepFrame } from './step-frame.tsx'
import { afterStep } from './step-words.ts'

const tones: Record<LicenceView['status'], Tone> = { active: 'ok', pending: 'info', inactive: 'mute', revoked: 'bad' }
const choices = (from: Readonly<Record<string, string>>) => Object.entries(from).map(([value, label]) => ({ value, label }))

const columns: readonly Column<LicenceView>[] = [
  { key: 'state', header: 'State', phone: 'title', fit: true, cell: ({ state, resident }) => <span className="font-medium">{state}{resident ? <span className="font-normal text-ink-2"> resident</span> : null}</span> },
  { key: 'number', header: 'Number', cell: ({ number }) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{number}</span> },
  { key: 'lines', header: 'Lines', cell: ({ lines }) => lines.map((line) => linesOfAuthority[line]).join(', ') },
  { key: 'expires', header: 'Expires', fit: true, cell: ({ expiresOn }) => expiresOn ?? 'no end' },
  { key: 'status', header: 'Status', fit: true, cell: ({ status, lapsed }) => (lapsed && status === 'active' ? <StatusChip tone="bad">expired</StatusChip> : <StatusChip tone={tones[status]}>{licenceStates[status].toLowerCase()}</StatusChip>) },
]
const acts: Column<LicenceView> = { key: 'acts', header: 'Change', headerHidden: true, align: 'end', fit: true, cell: ({ id, state, number }) => <RowActs page="/passport/licences" id={id} named={`${state} ${number}`} /> }

/** Every licence, and the form of the one that is added or changed. */
export function LicencesPage({ passport, edited, removed, refused }: { passport: PassportView; edited: LicenceView | null; removed: LicenceView | null; refused: Refused | null }) {
  const { licences, may } = passport
  return (
    <StepFrame step="licences" missing={passport.missing}>
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {removed && may.write ? (
        <Card title={`Take the licence in ${removed.state} out?`}>
          <PostForm action="/passport/licences" className="grid gap-4">
            <p className="text-sm text-ink-2">Versions that were submitted with it keep it. The next one goes without.</p>
            <input type="hidden" name="licence" value={removed.id} />
            <div className="flex flex-wrap gap-2">
              <Button tone="danger" name="intent" value="remove">
                Take it out
              </Button>
              <LinkButton href="/passport/licences">Keep it</LinkButton>
            </div>
          </PostForm>
        </Card>
      ) : null}
      <DataTable caption="Licences" columns={may.write ? [...columns, acts] : columns} rows={licences} rowId={({ id }) => id} empty={<EmptyState icon="shield" title="No licence yet">Add the one of your home state first.</EmptyState>} />
      {may.write ? <LicenceForm key={edited?.id ?? 'new'} edited={edited} refused={refused} /> : null}
      <div>
        <LinkButton href={afterStep('licences')} icon="forward">
          Go on
        </LinkButton>
      </div>
    </StepFrame>
  )
}

function LicenceForm({ edited, refused }: { edited: LicenceView | null; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  const kept: Readonly<Record<string, string | null | undefined>> = { state: edited?.state, number: edited?.number, issuedOn: edited?.issuedOn, expiresOn: edited?.expiresOn, status: edited?.status ?? 'active' }
  const at = (name: string) => ({ name, error: errors[name], defaultValue: (refused ? refused.typed[name] : kept[name]) ?? undefined })
  return (
    <Card title={edited ? `Change the licence in ${edited.state}` : 'Add a licence'}>
      <PostForm className="grid gap-4">
        {edited ? (
          <>
            <input type="hidden" name="licence" value={edited.id} />
            <input type="hidden" name="seen" value={edited.savedN} />
          </>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label="State" none="Choose a state" choices={stateChoices} {...at('state')} />
          <TextField label="Number" mono autoComplete="off" {...at('number')} />
          <TextField label="Issued on" type="date" required={false} {...at('issuedOn')} />
          <TextField label="Expires on" type="date" required={false} {...at('expiresOn')} />
        </div>
        <CheckboxGroup name="lines" label="Lines of authority" columns={2} choices={choices(linesOfAuthority)} defaultValues={edited?.lines ?? []} error={errors['lines']} />
        <SelectField label="Status" choices={choices(licenceStates)} {...at('status')} />
        <CheckboxField name="resident" label="This is the state I live in" defaultChecked={edited?.resident ?? false} />
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" name="intent" value="save">
            {edited ? 'Save the change' : 'Add it'}
          </Button>
          {edited ? <LinkButton href="/passport/licences">Leave it as it was</LinkButton> : null}
        </div>
      </PostForm>
    </Card>
  )
}
