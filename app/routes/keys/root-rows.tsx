import type { KeysView, RootView } from '../../../worker/core/tenancy/read-keys.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { OpenRow, OpenRows } from '../../ui/open-rows.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'

type Version = RootView['versions'][number]

const tones: Record<Version['state'], Tone> = { active: 'ok', retired: 'mute', destroyed: 'bad' }

const columns: readonly Column<Version>[] = [
  { key: 'version', header: 'Version', phone: 'title', fit: true, cell: ({ version }) => `Version ${version}` },
  { key: 'state', header: 'State', cell: ({ state }) => <StatusChip tone={tones[state]}>{state}</StatusChip> },
  { key: 'made', header: 'Made', quiet: true, cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { key: 'then', header: 'Since then', quiet: true, cell: (version) => <Since version={version} /> },
]

/** The four roots; each opens to its versions and, where it stands still, to the reason. */
export function RootRows({ roots, rotateDays }: Pick<KeysView, 'roots' | 'rotateDays'>) {
  return (
    <OpenRows>
      {roots.map(({ root, holds, standsStill, versions }) => {
        const [active, ...leaving] = versions.filter(({ state }) => state === 'active')
        return (
          <OpenRow
            key={root}
            id={`root-${root}`}
            title={<span className="font-mono text-sm">{root}</span>}
            status={standsStill === null ? <StatusChip tone="ok">every {rotateDays} d</StatusChip> : <StatusChip>stands still</StatusChip>}
            summary={holds}
            when={active ? <RelativeTime at={active.createdAt} /> : undefined}
            open={root === 'seal'}
          >
            <div className="grid gap-3">
              <p className="max-w-[72ch] text-sm text-ink-2">
                {standsStill === null ? (
                  <>Rotates every {rotateDays} days and by the button. A version that no row needs stays 35 days longer, because a database can be put back to any minute of the last 30; then it is destroyed.</>
                ) : (
                  <>
                    <span className="font-medium text-ink">Why it does not rotate.</span> {standsStill}
                  </>
                )}
              </p>
              {leaving.length > 0 ? <p className="text-sm text-ink-2">Rows are leaving {leaving.map(({ version }) => `version ${version}`).join(', ')} for version {active?.version} just now.</p> : null}
              <DataTable caption={`Versions of the ${root} root`} columns={columns} rows={versions} rowId={({ version }) => String(version)} empty={null} />
            </div>
          </OpenRow>
        )
      })}
    </OpenRows>
  )
}

function Since({ version: { state, retiredAt, destroyedAt, goesAt } }: { version: Version }) {
  if (state === 'destroyed' && destroyedAt !== null) return <>destroyed <RelativeTime at={destroyedAt} /></>
  if (state === 'retired' && retiredAt !== null)
    return (
      <>
        its last row left it <RelativeTime at={retiredAt} />
        {goesAt === null ? null : <>; destroyed <RelativeTime at={goesAt} /></>}
      </>
    )
  return <>in use</>
}
