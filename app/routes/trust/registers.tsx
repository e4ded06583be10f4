import type { ReactNode } from 'react'
import type { TrustView } from '../../../worker/core/trust/read-trust.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Icon } from '../../ui/icon.tsx'
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
  <Register id="permissions" count={rows.length} title="Who may do what" note="Rendered from the declarations that the one authorising function reads. Values shown are those of the strictest preset; a tenant’s policy may raise a bar, never lower it.">
    <DataTable bare caption="Permission matrix" columns={matrix} rows={rows} rowId={(row) => row.right} empty={null} wide />
  </Register>
)

const flows: readonly Column<Rows<'flows'>>[] = [
  { key: 'what', header: 'What', phone: 'title', cell: (row) => row.what },
  { key: 'enters', header: 'Comes in', cell: (row) => row.enters },
  { key: 'sealedIn', header: 'Lies in', cell: (row) => (row.sealedIn.length > 0 ? mono(row.sealedIn.join(' ')) : <span className="text-ink-3">no sealed field</span>) },
  { key: 'keep', header: 'Stays', cell: (row) => row.keep },
  { key: 'then', header: 'Goes', cell: (row) => row.then },
  { key: 'by', header: 'By', cell: (row) => row.carriedOutBy },
]

/** The path of each thing in and out (CAL-47). */
export const DataFlows = ({ rows }: { rows: TrustView['flows'] }) => (
  <Register id="flows" count={rows.length} title="The path of your data" note="How each thing comes in, where it lies, how long it stays and who removes it: rendered from the retention rules that the hourly job runs and the sealed fields that the vault reads.">
    <DataTable bare caption="Data flows" columns={flows} rows={rows} rowId={(row) => row.name} empty={null} wide />
  </Register>
)

const never: readonly Column<Rows<'never'>>[] = [
  { key: 'what', header: 'What', phone: 'title', cell: (row) => row.what },
  { key: 'ends', header: 'Where it ends', cell: (row) => row.ends },
]

/** What never comes to lie here (CAL-39). */
export const NeverKept = ({ rows }: { rows: TrustView['never'] }) => (
  <Register id="never" count={rows.length} title="What never comes to lie here" note="Declared beside the retention rules: each of these has a test that sends it in and looks for it afterwards.">
    <DataTable bare caption="Never kept" columns={never} rows={rows} rowId={(row) => row.name} empty={null} />
  </Register>
)

const none = <span className="text-ink-3">none</span>
const sections = (list: readonly string[]) => (list.length > 0 ? list.join(', ') : none)
const alignments: readonly Column<Rows<'alignments'>>[] = [
  { key: 'name', header: 'Control', phone: 'title', cell: (row) => <Anchor href={`#${row.control}`} className="underline decoration-line-2 underline-offset-4">{row.name}</Anchor> },
  { key: 'soc2', header: 'SOC 2 criteria', cell: (row) => sections(row.soc2) },
  { key: 'hipaa', header: 'HIPAA Security Rule', cell: (row) => sections(row.hipaa) },
  { key: 'tcpa', header: 'TCPA', cell: (row) => sections(row.tcpa) },
  { key: 'canSpam', header: 'CAN-SPAM', cell: (row) => sections(row.canSpam) },
  { key: 'ccpa', header: 'CCPA / CPRA', cell: (row) => sections(row.ccpa) },
]

/** Which rule each control is aligned with (CLN-79). */
export const AlignmentTable = ({ rows }: { rows: TrustView['alignments'] }) => (
  <Register id="alignment" count={rows.length} title="What the controls are aligned with" note="Our own mapping to sections of each rule; nobody has examined it. TCPA stays empty until a module calls or texts.">
    <DataTable bare caption="Controls aligned with rules" columns={alignments} rows={rows} rowId={(row) => row.control} empty={null} wide />
  </Register>
)

const retention: readonly Column<Rows<'retention'>>[] = [
  { key: 'what', header: 'What', phone: 'title', cell: (row) => row.what },
  { key: 'keep', header: 'Kept', cell: (row) => row.keep },
  { key: 'then', header: 'Then', cell: (row) => row.then },
]

export const RetentionSchedule = ({ rows }: { rows: TrustView['retention'] }) => (
  <Register id="retention" count={rows.length} title="How long things are kept" note="Rendered from the rules that the retention job runs.">
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
  <Register id="fields" count={rows.length} title="What is encrypted field by field" note="Rendered from the declarations that the vault and the rotation read. Documents are encrypted besides, each under a key of its own.">
    <DataTable bare caption="Encrypted fields" columns={fields} rows={rows} rowId={(row) => row.name} empty={null} wide />
  </Register>
)

const limits: readonly Column<Rows<'limits'>>[] = [
  { key: 'says', header: 'Limit', phone: 'title', cell: (row) => row.says },
  { key: 'quota', header: 'At most', cell: (row) => `${row.quota} in ${windowWords(row.windowS)}` },
  { key: 'per', header: 'Per', cell: (row) => row.per },
  { key: 'policy', header: 'Lowered by', cell: (row) => (row.policy ? mono(row.policy) : <span className="text-ink-3">nobody</span>) },
]

const windowWords = (seconds: number): string => (seconds >= 3600 ? `${seconds / 3600} h` : seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`)

export const LimitTable = ({ rows }: { rows: TrustView['limits'] }) => (
  <Register id="limits" count={rows.length} title="Limits" note="The most that anybody gets, from the rules that are counted by. A tenant’s policy may lower what it names.">
    <DataTable bare caption="Rate limits" columns={limits} rows={rows} rowId={(row) => row.name} empty={null} />
  </Register>
)

const presetsShown = ['combined', 'contractiq', 'cliniq', 'inforcedesk', 'spartan', 'callintel'] as const
const policy: readonly Column<Rows<'policy'>>[] = [
  { key: 'says', header: 'Policy value', phone: 'title', cell: (row) => row.says },
  ...presetsShown.map((preset): Column<Rows<'policy'>> => ({ key: preset, header: preset, cell: (row) => String(row.values[preset]) })),
]

export const PolicyTable = ({ rows }: { rows: TrustView['policy'] }) => (
  <Register id="policy" count={rows.length} title="Where each preset begins" note="The values that enforcement reads. A tenant may tighten them; loosening below its preset is refused.">
    <DataTable bare caption="Policy presets" columns={policy} rows={rows} rowId={(row) => row.key} empty={null} wide />
  </Register>
)

/**
 * A register folded under its title: the page stays one that can be overlooked. Its name as a fragment lies inside, so that a
 * browser that follows a link to it opens it.
 */
export function Register({ id, title, note, count, open = false, children }: { id: string; title: string; note: string; count: number; /** Stands open, on a page that is about it. */ open?: boolean; children: ReactNode }) {
  const Heading = open ? 'h2' : 'h3'
  return (
    <section className="min-w-0 rounded-lg border border-line bg-panel shadow-card">
      <details className="cs-turn" open={open}>
        <summary className="flex min-h-12 items-center gap-2.5 rounded-lg px-4 py-2 hover:bg-hover">
          <Icon name="right" size={14} className="cs-turn-mark flex-none text-ink-3" />
          <Heading className="min-w-0 flex-1 text-base font-semibold">{title}</Heading>
          <span className="flex-none text-sm text-ink-3" data-figures>
            {count} {count === 1 ? 'line' : 'lines'}
          </span>
        </summary>
        <div id={id} className="scroll-mt-16 border-t border-line">
          <p className="border-b border-line px-4 py-3 text-sm text-ink-2">{note}</p>
          {children}
        </div>
      </details>
    </section>
  )
}
