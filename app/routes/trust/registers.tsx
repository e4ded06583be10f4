import type { ReactNode } from 'react'
import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Anchor } from '../../ui/links.tsx'
import type { Column } from '../../ui/table-cells.tsx'

type Rows<K extends keyof TrustView> = TrustView[K] extends readonly (infer Row)[] ? Row : never

const mono = (text: ReactNode) => <span className="font-mono text-xs">{text}</span>
const mark = (held: boolean) => (held ? 'yes' : <span className="text-ink-3">no</span>)

const matrix: readonly Column<Rows<'matrix'>>[] = [
  { key: 'says', header: 'Right', phone: 'title', cell: (row) => row.says },
  { key: 'owner', header: 'Owner', cell: (row) => mark(row.roles.owner) },
  { key: 'admin', header: 'Admin', cell: (row) => mark(row.roles.admin) },
  { key: 'member', header: 'Member', cell: (row) => mark(row.roles.member) },
  { key: 'viewer', header: 'Viewer', cell: (row) => mark(row.roles.viewer) },
  { key: 'key', header: 'API key', cell: (row) => (row.key ? mono(row.key) : mark(false)) },
  { key: 'more', header: 'Also', cell: (row) => <span className="text-ink-2">{[row.stepUp === 'exact' ? 'proof for this very act' : row.stepUp === 'recent' ? 'proof within 15 min' : null, row.policy ? `policy ${row.policy}` : null].filter(Boolean).join('; ')}</span> },
]

/** Who may do what: the table that the one authorising function reads (CAL-82). */
export const PermissionMatrix = ({ rows }: { rows: TrustView['matrix'] }) => (
  <Register id="permissions" title="Who may do what" note="Rendered from the declarations that the one authorising function reads. Values shown are those of the strictest preset; a tenant’s policy may raise a bar, never lower it.">
    <DataTable bare caption="Permission matrix" columns={matrix} rows={rows} rowId={(row) => row.right} empty={null} wide />
  </Register>
)

const retention: readonly Column<Rows<'retention'>>[] = [
  { key: 'what', header: 'What', phone: 'title', cell: (row) => row.what },
  { key: 'keep', header: 'Kept', cell: (row) => row.keep },
  { key: 'then', header: 'Then', cell: (row) => row.then },
]

export const RetentionSchedule = ({ rows }: { rows: TrustView['retention'] }) => (
  <Register id="retention" title="How long things are kept" note="Rendered from the rules that the retention job runs.">
    <DataTable bare caption="Retention schedule" columns={retention} rows={rows} rowId={(row) => row.name} empty={null} />
  </Register>
)

const fields: readonly Column<Rows<'sealedFields'>>[] = [
  { key: 'name', header: 'Sealed field', phone: 'title', cell: (row) => mono(row.name) },
  { key: 'holds', header: 'Holds', cell: (row) => row.holds.join(', ') },
  { key: 'class', header: 'Class', cell: (row) => row.class },
  { key: 'keeps', header: 'Readable beside it', cell: (row) => row.keeps.join(', ') || 'nothing' },
  { key: 'index', header: 'Found by', cell: (row) => (row.blindIndex.length > 0 ? `blind index of ${row.blindIndex.join(', ')}` : 'not searchable') },
  { key: 'scope', header: 'Under the roots of', cell: (row) => (row.scope === 'tenant' ? 'its tenant' : 'the deployment') },
]

export const FieldRegister = ({ rows }: { rows: TrustView['sealedFields'] }) => (
  <Register id="fields" title="What is encrypted field by field" note="Rendered from the declarations that the vault and the rotation read. Documents are encrypted besides, each under a key of its own.">
    <DataTable bare caption="Encrypted fields" columns={fields} rows={rows} rowId={(row) => row.name} empty={null} wide />
  </Register>
)

const limits: readonly Column<Rows<'limits'>>[] = [
  { key: 'says', header: 'Limit', phone: 'title', cell: (row) => row.says },
  { key: 'quota', header: 'At most', cell: (row) => `${row.quota} in ${row.windowS >= 60 ? `${row.windowS / 60} min` : `${row.windowS} s`}` },
  { key: 'per', header: 'Per', cell: (row) => row.per },
]

export const LimitTable = ({ rows }: { rows: TrustView['limits'] }) => (
  <Register id="limits" title="Limits" note="Rendered from the rules that the limiter counts by.">
    <DataTable bare caption="Rate limits" columns={limits} rows={rows} rowId={(row) => row.name} empty={null} />
  </Register>
)

const presetsShown = ['combined', 'contractiq', 'cliniq', 'inforcedesk', 'spartan', 'callintel'] as const
const policy: readonly Column<Rows<'policy'>>[] = [
  { key: 'says', header: 'Policy value', phone: 'title', cell: (row) => row.says },
  ...presetsShown.map((preset): Column<Rows<'policy'>> => ({ key: preset, header: preset, cell: (row) => String(row.values[preset]) })),
]

export const PolicyTable = ({ rows }: { rows: TrustView['policy'] }) => (
  <Register id="policy" title="Where each preset begins" note="The values that enforcement reads. A tenant may tighten them; loosening below its preset is refused.">
    <DataTable bare caption="Policy presets" columns={policy} rows={rows} rowId={(row) => row.key} empty={null} wide />
  </Register>
)

const vendors: readonly Column<Rows<'subprocessors'>>[] = [
  { key: 'name', header: 'Subprocessor', phone: 'title', cell: (row) => row.name },
  { key: 'category', header: 'Category', cell: (row) => row.category },
  { key: 'purpose', header: 'Purpose', cell: (row) => row.purpose },
  { key: 'handles', header: 'Handles', cell: (row) => row.handles },
  { key: 'optional', header: 'Optional', cell: (row) => (row.optional ? 'yes' : 'no') },
  { key: 'replaces', header: 'In place of', cell: (row) => row.replaces.join(', ') || 'no one' },
  { key: 'attests', header: 'It attests', cell: (row) => <Anchor href={row.evidence} className="underline">{row.attests}<span className="sr-only">, the evidence of {row.name}</span></Anchor> },
  { key: 'checked', header: 'Looked at', fit: true, cell: (row) => row.checked },
]

export const SubprocessorTable = ({ rows }: { rows: TrustView['subprocessors'] }) => (
  <Register id="subprocessors" title="Subprocessors" note="The vendors really wired in. One that is optional handles nothing until it is switched on.">
    <DataTable bare caption="Subprocessors" columns={vendors} rows={rows} rowId={(row) => row.name} empty={null} wide />
  </Register>
)

function Register({ id, title, note, children }: { id: string; title: string; note: string; children: ReactNode }) {
  return (
    <Card id={id} title={title} flush>
      <p className="border-b border-line px-4 py-3 text-sm text-ink-2">{note}</p>
      {children}
    </Card>
  )
}
