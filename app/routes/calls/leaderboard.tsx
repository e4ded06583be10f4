import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Period, Ranking, type Place } from '../../../worker/calls/figures/contract.ts'
import { joinLeaderboard, leaveLeaderboard } from '../../../worker/calls/figures/leave-leaderboard.ts'
import { readLeaderboard } from '../../../worker/calls/figures/read-leaderboard.ts'
import { action as posted, page } from '../../page.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { spokenFor } from './call-words.ts'
import { periodChoices } from './period-choices.ts'

export const meta: MetaFunction = () => [{ title: 'Leaderboard · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Leaderboard' }] }

export const loader = page(({ door, url }) => {
  const period = Period.catch('7').parse(url.searchParams.get('period'))
  const by = Ranking.catch('calls').parse(url.searchParams.get('by'))
  return door.tenant((ctx) => readLeaderboard(ctx, { period, by }))
})

export const action = posted(async ({ door, form }) => {
  await door.tenant(form.get('intent') === 'join' ? joinLeaderboard : leaveLeaderboard)
  throw redirect('/calls/leaderboard')
})

const columns: readonly Column<Place>[] = [
  { key: 'rank', header: 'Rank', fit: true, cell: ({ rank }) => rank },
  {
    key: 'name', header: 'Member', phone: 'title',
    cell: ({ name, own }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        {own ? <StatusChip tone="info">you</StatusChip> : null}
      </span>
    ),
  },
  { key: 'calls', header: 'Calls answered', align: 'end', cell: ({ calls }) => calls.toLocaleString('en-US') },
  { key: 'talk', header: 'Spoke for', align: 'end', cell: ({ talkS }) => spokenFor(talkS) },
]

/** Who takes how many calls; whoever would rather not be on it is on nobody's. */
export default function LeaderboardPage() {
  const { places, period, by, left } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <PageHeader title="Leaderboard" lead="Of your colleagues and you. Of callers it tells nothing." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      <FilterBar label="Leaderboard" action="/calls/leaderboard">
        <SelectField name="period" label="Period" labelHidden size="sm" choices={periodChoices} defaultValue={period} />
        <SelectField name="by" label="Ranked by" labelHidden size="sm" choices={[{ value: 'calls', label: 'By calls' }, { value: 'minutes', label: 'By time' }]} defaultValue={by} />
      </FilterBar>
      <DataTable<Place>
        caption={by === 'calls' ? 'Members by calls answered' : 'Members by time spoken'}
        columns={columns}
        rows={places}
        rowId={({ memberId }) => memberId}
        empty={
          <EmptyState icon="flag" title="Nobody stands here yet">
            Members stand here with the first call they answer in this period.
          </EmptyState>
        }
      />
      <Card title={left ? 'You are left out' : 'Would you rather not be on it?'}>
        <div className="grid gap-3">
          <p className="max-w-[68ch] text-ink-2">{left ? 'Nobody sees you here, whatever their role. Your calls count in the tenant’s figures as everybody’s do.' : 'Leave it, and nobody sees you here, whatever their role; not for past calls either.'}</p>
          <PostForm action="/calls/leaderboard">
            <Button name="intent" value={left ? 'join' : 'leave'}>
              {left ? 'Stand on it again' : 'Leave me out'}
            </Button>
          </PostForm>
        </div>
      </Card>
    </>
  )
}
