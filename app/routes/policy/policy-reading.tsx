import { policyFields, presets, type PolicyKey, type PresetName } from '../../../worker/core/tenancy/contract.ts'
import type { PolicyView } from '../../../worker/core/tenancy/read-policy.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { floorWords, policyGroups, valueWords } from './policy-words.ts'

type Line = { key: PolicyKey; now: string; floor: string; tightened: boolean }

const columns: readonly Column<Line>[] = [
  { key: 'says', header: 'Value', phone: 'title', cell: ({ key }) => policyFields[key].says },
  {
    key: 'now',
    header: 'Here',
    cell: ({ now, tightened }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <span className="font-medium">{now}</span>
        {tightened ? <StatusChip tone="ok">own choice</StatusChip> : null}
      </span>
    ),
  },
  { key: 'floor', header: 'Under this preset', quiet: true, cell: ({ floor }) => floor },
  { key: 'source', header: 'Source', mono: true, quiet: true, fit: true, cell: ({ key }) => policyFields[key].source },
]

/** The same values for whoever may read but not change them. */
export function PolicyReading({ view }: { view: Pick<PolicyView, 'policy' | 'preset'> }) {
  const floor = presets[view.preset as PresetName] ?? presets.combined // `as`: an unknown preset reads as the combined one
  return (
    <>
      {policyGroups.map((group) => (
        <Card key={group.title} title={group.title} note={group.says} flush>
          <DataTable
            bare
            caption={group.title}
            columns={columns}
            rows={group.keys.map((key): Line => ({ key, now: valueWords(key, view.policy[key]), floor: floorWords(view.preset, key), tightened: view.policy[key] !== floor[key] }))}
            rowId={({ key }) => key}
            empty={null}
          />
        </Card>
      ))}
    </>
  )
}
