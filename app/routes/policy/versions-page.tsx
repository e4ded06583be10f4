import { useMemo } from 'react'
import type { PolicyVersionView } from '../../../worker/core/tenancy/read-policy-versions.ts'
import type { Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { VersionChanges } from './version-changes.tsx'

type Version = Omit<PolicyVersionView, 'policy'>
export type VersionsPageProps = { versions: readonly Version[]; mayChange: boolean; refused: Refused | null }

/** Every version there was: what it changed, by whom, and a way back to it. */
export function VersionsPage({ versions, mayChange, refused }: VersionsPageProps) {
  const inForce = versions[0]?.version ?? 0
  const columns = useMemo(() => versionColumns(inForce, mayChange), [inForce, mayChange])
  return (
    <>
      <PageHeader title="Versions of the policy" lead="Nothing is overwritten: every change made a version, and putting one back makes another." />
      {refused ? (
        <ProblemBanner title={refused.problem.title} detail={refused.problem.code === 'invalid' ? refused.problem.errors.map(({ detail }) => detail).join(' ') : refused.problem.detail} />
      ) : null}
      <DataTable caption="Versions of the policy, newest first" columns={columns} rows={versions} rowId={({ version }) => String(version)} empty={null} />
    </>
  )
}

const versionColumns = (inForce: number, mayChange: boolean): readonly Column<Version>[] => [
  {
    key: 'version',
    header: 'Version',
    phone: 'title',
    fit: true,
    cell: ({ version }) => (
      <span className="inline-flex items-center gap-2">
        <span className="sm:hidden">Version</span> {version}
        {version === inForce ? <StatusChip tone="ok">in force</StatusChip> : null}
      </span>
    ),
  },
  { key: 'changes', header: 'Changed', cell: (version) => <VersionChanges version={version} /> },
  { key: 'by', header: 'By', quiet: true, cell: ({ by }) => by ?? 'somebody who left' },
  { key: 'when', header: 'When', quiet: true, fit: true, cell: ({ changedAt }) => <RelativeTime at={changedAt} /> },
  {
    key: 'back',
    header: 'Put back',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: ({ version }) =>
      mayChange && version !== inForce ? (
        <PostForm>
          <input type="hidden" name="version" value={inForce} />
          <button name="back" value={version} className="min-h-6 text-sm text-accent hover:underline">
            Put back<span className="sr-only"> version {version}</span>
          </button>
        </PostForm>
      ) : null,
  },
]
