import { appointmentStates } from '../../../../worker/contracting/passport/contract.ts'
import type { AppointmentView, PassportView } from '../../../../worker/contracting/passport/shown.ts'
import { fieldErrors, type Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { RowActs } from './row-acts.tsx'
import { stateChoices } from './step-fields.tsx'
import { StepFrame } from './step-frame.tsx'
import { afterStep } from './step-words.ts'

const tones = { active: 'ok', pending: 'info', ended: 'mute' } as const

const columns: readonly Column<AppointmentView>[] = [
  { key: 'carrier', header: 'Carrier', phone: 'title', cell: ({ carrier }) => <span className="font-medium">{carrier}</span> },
  { key: 'state', header: 'State', fit: true, cell: ({ state }) => state },
  { key: 'number', header: 'Writing number', cell: ({ writingNumber }) => (writingNumber ? <span className="font-mono text-xs">{writingNumber}</span> : 'none stated') },
  { key: 'since', header: 'Since', fit: true, cell: ({ appointedOn }) => appointedOn ?? 'not stated' },
  { key: 'status', header: 'Status', fit: true, cell: ({ status }) => <StatusChip tone={tones[status]}>{appointmentStates[status].toLowerCase()}</StatusChip> },
]
const acts: Column<AppointmentView> = { key: 'acts', header: 'Change', headerHidden: true, align: 'end', fit: true, cell: ({ id, carrier }) => <RowActs page="/passport/appointments" id={id} named={carrier} /> }

/** Every appointment as the producer states it, and the form of the one that is added or changed. */
export function AppointmentsPage({ passport, edited, removed, refused }: { passport: PassportView; edited: AppointmentView | null; removed: AppointmentView | null; refused: Refused | null }) {
  const { appointments, may } = passport
  return (
    <StepFrame step="appointments" missing={passport.missing}>
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {removed && may.write ? (
        <Card title={`Take the appointment with ${removed.carrier} out?`}>
          <PostForm action="/passport/appointments" className="grid gap-4">
            <p className="text-sm text-ink-2">Versions that were submitted with it keep it. The next one goes without.</p>
            <input type="hidden" name="appointment" value={removed.id} />
            <div className="flex flex-wrap gap-2">
              <Button tone="danger" name="intent" value="remove">
                Take it out
              </Button>
              <LinkButton href="/passport/appointments">Keep it</LinkButton>
            </div>
          </PostForm>
        </Card>
      ) : null}
      <DataTable caption="Appointments" columns={may.write ? [...columns, acts] : columns} rows={appointments} rowId={({ id }) => id} empty={<EmptyState icon="building" title="No appointment stated">If a carrier has appointed you already, name it here.</EmptyState>} />
      {may.write ? <AppointmentForm key={edited?.id ?? 'new'} edited={edited} refused={refused} /> : null}
      <div>
        <LinkButton href={afterStep('appointments')} icon="forward">
          Go on
        </LinkButton>
      </div>
    </StepFrame>
  )
}

function AppointmentForm({ edited, refused }: { edited: AppointmentView | null; refused: Refused | null }) {
  const errors = fieldErrors(refused)
  const kept: Readonly<Record<string, string | null | undefined>> = { carrier: edited?.carrier, state: edited?.state, writingNumber: edited?.writingNumber, appointedOn: edited?.appointedOn, status: edited?.status ?? 'active' }
  const at = (name: string) => ({ name, error: errors[name], defaultValue: (refused ? refused.typed[name] : kept[name]) ?? undefined })
  return (
    <Card title={edited ? `Change the appointment with ${edited.carrier}` : 'Add an appointment'}>
      <PostForm className="grid gap-4">
        {edited ? (
          <>
            <input type="hidden" name="appointment" value={edited.id} />
            <input type="hidden" name="seen" value={edited.savedN} />
          </>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Carrier" autoComplete="off" {...at('carrier')} />
          <SelectField label="State" none="Choose a state" choices={stateChoices} {...at('state')} />
          <TextField label="Writing number" mono required={false} autoComplete="off" {...at('writingNumber')} />
          <TextField label="Appointed on" type="date" required={false} {...at('appointedOn')} />
        </div>
        <SelectField label="Status" choices={Object.entries(appointmentStates).map(([value, label]) => ({ value, label }))} {...at('status')} />
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" name="intent" value="save">
            {edited ? 'Save the change' : 'Add it'}
          </Button>
          {edited ? <LinkButton href="/passport/appointments">Leave it as it was</LinkButton> : null}
        </div>
      </PostForm>
    </Card>
  )
}
