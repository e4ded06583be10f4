import { useMemo } from 'react'
import { deliveryStates, type DeliveryView } from '../../../worker/core/delivery/contract.ts'
import type { DeliveriesView } from '../../../worker/core/delivery/list-deliveries.ts'
import type { Refused } from '../../refused.ts'
import { LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ChartWithTable } from '../../ui/chart-with-table.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { dayWords } from '../../ui/time-words.ts'
import { deliveryColumns, stateWords } from './delivery-columns.tsx'

export type DeliveryPageProps = DeliveriesView & { state: DeliveryView['state'] | null; paged: boolean; replayed: boolean; refused: Refused | null }

/** What this tenant sends: what waits, what left, and what could not. */
export function DeliveryPage({ deliveries, next, counts, days, mayReplay, configured, state, paged, replayed, refused }: DeliveryPageProps) {
  const columns = useMemo(() => deliveryColumns(mayReplay), [mayReplay])
  const all = deliveryStates.reduce((sum, each) => sum + counts[each], 0)
  return (
    <>
      <PageHeader
        title="Delivery"
        lead="Messages this tenant sends. Each is queued together with what caused it, tried again with growing waits for a day and a half, and kept here for 30 days. Links in it are made as it leaves and shown nowhere."
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {replayed ? <Notice tone="ok" title="Queued again" live>It leaves within seconds, under the same key as before: nobody gets it twice.</Notice> : null}
      {configured ? null : <Notice tone="warn" title="Nothing leaves yet">This deployment has no mail provider. Messages wait and lose none of their tries; they leave once the operator has set one up.</Notice>}
      {counts.dead > 0 && state !== 'dead' ? (
        <Notice tone="bad" title={counts.dead === 1 ? 'One message could not be sent' : `${counts.dead} messages could not be sent`} action={<LinkButton href={deliveryHref('dead')} size="sm">Dead letters</LinkButton>}>
          See there why, and send them again once it is mended.
        </Notice>
      ) : null}
      {all > 0 ? (
        <Card>
          <ChartWithTable
            title="Messages a day, by what became of them"
            kind="stack"
            height="sm"
            series={(['sent', 'queued', 'dead', 'dropped'] as const).map((each) => ({ key: each, label: stateWords[each].plural, tone: stateWords[each].tone }))}
            points={days.map(({ day, ...values }) => ({ label: dayWords(day), values, hrefs: Object.fromEntries(deliveryStates.map((each) => [each, deliveryHref(each)])) }))}
          />
        </Card>
      ) : null}
      <Card flush>
        <TabLinks
          inset
          label="Messages by state"
          tabs={[
            { label: 'All', href: deliveryHref(null), current: state === null, count: all },
            ...deliveryStates.map((each) => ({ label: stateWords[each].plural, href: deliveryHref(each), current: state === each, count: counts[each] })),
          ]}
        />
        <DataTable<DeliveryView>
          bare
          caption="Messages, newest first"
          columns={columns}
          rows={deliveries}
          rowId={({ id }) => id}
          empty={
            state === 'dead' ? (
              <EmptyState icon="send" title="No dead letters">Everything that was queued has left or is still being tried.</EmptyState>
            ) : (
              <EmptyState icon="send" title="Nothing here yet">Invite a colleague: the mail appears here the moment it is queued, with what became of it.</EmptyState>
            )
          }
          footer={<Pagination summary={`${deliveries.length} shown`} previous={paged ? deliveryHref(state) : undefined} previousLabel="Newest" next={next ? deliveryHref(state, next) : undefined} nextLabel="Older" />}
        />
      </Card>
    </>
  )
}

function deliveryHref(state: DeliveryView['state'] | null, cursor?: string): string {
  const query = new URLSearchParams([...(state ? [['state', state]] : []), ...(cursor ? [['cursor', cursor]] : [])])
  return query.size > 0 ? `/delivery?${query}` : '/delivery'
}
