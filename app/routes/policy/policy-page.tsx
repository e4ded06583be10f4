import type { PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import type { PolicyView } from '../../../worker/core/tenancy/read-policy.ts'
import type { PolicyVersionView } from '../../../worker/core/tenancy/read-policy-versions.ts'
import type { Refused } from '../../refused.ts'
import { Card } from '../../ui/card.tsx'
import { Anchor } from '../../ui/links.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Split } from '../../ui/stack.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { PolicyForm } from './policy-form.tsx'
import { PolicyReading } from './policy-reading.tsx'
import { VersionChanges } from './version-changes.tsx'

export type PolicyPageProps = {
  view: Omit<PolicyView, 'versions'>
  /** The newest first, without the documents. */
  versions: readonly Omit<PolicyVersionView, 'policy'>[]
  /** How many more there are. */
  older: number
  saved: boolean
  refused: Refused | null
}

/** What holds here, where each value comes from, and how far it may be tightened. */
export function PolicyPage({ view, versions, older, saved, refused }: PolicyPageProps) {
  const editable: readonly PolicyKey[] | 'all' = view.mayChange ? 'all' : view.mayRequireMfa ? ['mfa.mode'] : []
  return (
    <>
      <PageHeader
        title="Policy"
        status={
          <>
            <StatusChip tone="info">preset {view.preset}</StatusChip>
            <StatusChip>version {view.version}</StatusChip>
          </>
        }
        lead="Every value that is enforced here, read by the code that enforces it. You may tighten what the preset begins with, never loosen it below."
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {saved && !refused ? (
        <Notice tone="ok" title={`Version ${view.version} is in force`} live>
          It counts from everybody’s next request on, and stands in the audit log. An older version can be put back from its history.
        </Notice>
      ) : null}
      <Split side={<History versions={versions} older={older} />}>
        {editable === 'all' || editable.length > 0 ? <PolicyForm view={view} editable={editable} refused={refused} /> : null}
        {editable === 'all' ? null : <PolicyReading view={view} />}
      </Split>
    </>
  )
}

function History({ versions, older }: Pick<PolicyPageProps, 'versions' | 'older'>) {
  return (
    <Card
      title="Versions"
      footer={
        <Anchor href="/policy/versions" className="text-link">
          {older > 0 ? `All versions, ${older} older` : 'Compare and put back'}
        </Anchor>
      }
    >
      <Timeline
        label="Versions of the policy, newest first"
        moments={versions.map((version, at) => ({
          key: String(version.version),
          title: `Version ${version.version}${at === 0 ? ', in force' : ''}`,
          detail: <VersionChanges version={version} />,
          when: (
            <>
              {version.by ?? 'somebody who left'}, <RelativeTime at={version.changedAt} />
            </>
          ),
        }))}
      />
    </Card>
  )
}
