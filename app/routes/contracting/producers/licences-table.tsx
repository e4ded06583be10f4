import type { CopiedLicence } from '../../../../worker/contracting/producers/contract.ts'
import { licenceStates, linesOfAuthority } from '../../../../worker/contracting/passport/contract.ts'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'

const tones = { active: 'ok', pending: 'info', inactive: 'mute', revoked: 'bad' } as const

const columns: readonly Column<CopiedLicence>[] = [
  { key: 'state', header: 'State', phone: 'title', cell: ({ state, resident }) => <span className="font-medium">{state}{resident ? ', resident' : ''}</span> },
  { key: 'lines', header: 'Lines', cell: ({ lines }) => lines.map((line) => linesOfAuthority[line]).join(', ') },
  { key: 'status', header: 'Status', cell: ({ status }) => <StatusChip tone={tones[status]}>{licenceStates[status]}</StatusChip> },
  { key: 'expires', header: 'Expires', quiet: true, fit: true, cell: ({ expiresOn }) => expiresOn ?? '–' },
]

/** Licences as submitted, without their numbers. */
export function LicencesTable({ licences }: { licences: readonly CopiedLicence[] }) {
  return (
    <Card title="Licences" flush>
      <DataTable<CopiedLicence> bare caption="Licences" columns={columns} rows={licences} rowId={({ state, lines, expiresOn, resident }) => `${state} ${lines.join()} ${expiresOn} ${resident}`} empty={<EmptyState icon="file" title="No licence was submitted">They add licences to their passport and submit it again.</EmptyState>} />
    </Card>
  )
}
