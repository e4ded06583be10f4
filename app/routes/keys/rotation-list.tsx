import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { spanWords } from '../../ui/time-words.ts'
import { figure } from './figure.ts'

type Rotation = KeysView['rotations'][number]

const why: Record<Rotation['reason'], string> = { schedule: 'on schedule', button: 'by the button', compromised: 'compromised' }

const columns: readonly Column<Rotation>[] = [
  { key: 'to', header: 'Version', phone: 'title', fit: true, cell: ({ fromVersion, toVersion }) => `${fromVersion} → ${toVersion}` },
  { key: 'why', header: 'Why', cell: ({ reason }) => (reason === 'compromised' ? <StatusChip tone="bad">{why[reason]}</StatusChip> : why[reason]) },
  { key: 'state', header: 'State', cell: ({ state }) => (state === 'done' ? <StatusChip tone="ok">done</StatusChip> : <StatusChip tone="info">under way</StatusChip>) },
  { key: 'rows', header: 'Rows', align: 'end', cell: ({ moved, total }) => `${figure(moved)} of ${figure(total)}` },
  { key: 'begun', header: 'Begun', quiet: true, fit: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
  { key: 'took', header: 'Took', quiet: true, fit: true, cell: ({ startedAt, finishedAt }) => (finishedAt === null ? 'not done yet' : spanWords(finishedAt - startedAt)) },
]

/** Rotations of the seal root, newest first. */
export function RotationList({ rotations, rotateDays }: Pick<KeysView, 'rotations' | 'rotateDays'>) {
  return (
    <Card id="rotations" title="Rotations" flush>
      <DataTable
        bare
        caption="Rotations of the seal root, newest first"
        columns={columns}
        rows={rotations}
        rowId={({ id }) => id}
        empty={
          <EmptyState icon="refresh" title="None yet">
            The first one comes {rotateDays} days after this tenant began, or when the owner presses the button. Nobody has to stop working for it.
          </EmptyState>
        }
      />
    </Card>
  )
}
