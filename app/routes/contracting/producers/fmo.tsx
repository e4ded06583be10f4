import { useLoaderData, type MetaFunction } from '@remix-run/react'
import type { CredentialView } from '../../../../worker/contracting/producers/contract.ts'
import { readFmo, type FmoDetail } from '../../../../worker/contracting/producers/read-fmo.ts'
import { page } from '../../../page.ts'
import type { PageHandle } from '../../../shell/crumbs.tsx'
import { LinkButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Split } from '../../../ui/stack.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { credentialColumns } from './credentials-card.tsx'
import { OpeningsCard } from './openings-card.tsx'
import { ReleasesCard } from './releases-card.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.fmo.name ?? 'FMO'} · Countersign` }]
export const handle: PageHandle<FmoDetail | undefined> = { crumbs: (detail) => [{ label: 'My FMOs', href: '/fmos' }, { label: detail?.fmo.name ?? 'FMO' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readFmo(ctx, params['linkId'] ?? '')))

const withShow: readonly Column<CredentialView>[] = [
  ...credentialColumns,
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    align: 'end',
    fit: true,
    cell: ({ id, label, state }) =>
      state === 'waiting' ? (
        <LinkButton href={`/credentials/${id}`} size="sm" icon="eye">
          See it …<span className="sr-only"> {label}</span>
        </LinkButton>
      ) : null,
  },
]

/** One FMO: what it holds and opened, what it gave, and how to part. */
export default function Fmo() {
  const { fmo, openings, releases, credentials, mayRelease, mayShow } = useLoaderData<typeof loader>()
  const asked = releases.some(({ state }) => state === 'requested')
  return (
    <>
      <PageHeader
        title={fmo.name}
        status={fmo.state === 'active' ? <StatusChip tone="ok">linked</StatusChip> : <StatusChip tone="mute">released</StatusChip>}
        lead={
          fmo.state === 'ended' ? (
            <>
              It released you{fmo.endedAt === null ? null : <> <RelativeTime at={fmo.endedAt} /></>}. Its copy of your passport is gone, and the key it was sealed under.
            </>
          ) : fmo.copiedNumber === null ? (
            'It holds nothing of yours until you submit your passport.'
          ) : (
            `It holds version ${fmo.copiedNumber} of your passport, and sees your numbers by their last four.`
          )
        }
        actions={
          mayRelease && fmo.state === 'active' && !asked ? (
            <LinkButton href={`/fmos/${fmo.id}/release`} icon="leave">
              Ask for a release …
            </LinkButton>
          ) : null
        }
      />
      <Split side={<ReleasesCard releases={releases} />}>
        <Card title="Credentials" flush>
          <DataTable<CredentialView>
            bare
            caption="Credentials they gave you"
            columns={mayShow ? withShow : credentialColumns}
            rows={credentials}
            rowId={({ id }) => id}
            empty={<EmptyState icon="key" title="None given yet">Writing numbers and log-ins they give you stand here. You see each once.</EmptyState>}
          />
        </Card>
        <OpeningsCard openings={openings} title="Who opened my data" />
      </Split>
    </>
  )
}
