import type { ClosingView } from '../../../worker/core/tenancy/call-off-closing.ts'
import type { Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'

/** Tenants this person closed and may still call back. */
export function ClosingsPage({ closings, confirmed, refused }: { closings: readonly ClosingView[]; confirmed: boolean; refused: Refused | null }) {
  return (
    <>
      <PageHeader title="Closed tenants" lead="Nobody can open them. Until the day named here you can call the closing off; after it nobody can, not even the operator." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {confirmed && !refused && closings.length > 0 ? (
        <Notice tone="ok" title="That was you" live>
          The confirmation is good for two minutes. Press the button again to call the closing off.
        </Notice>
      ) : null}
      {closings.length === 0 ? (
        <Card flush>
          <EmptyState icon="building" title="No tenant of yours stands closed" action={<LinkButton href="/">Home</LinkButton>}>
            A tenant is closed under Security, by its owner.
          </EmptyState>
        </Card>
      ) : (
        closings.map(({ tenantId, name, closesAt }) => (
          <Card key={tenantId} title={name} aside={<StatusChip tone="warn">closed</StatusChip>}>
            <div className="flex flex-wrap items-center justify-between gap-4">
              <p className="text-sm text-ink-2">
                Destroyed <RelativeTime at={closesAt} />, on <RelativeTime at={closesAt} exact />. With it everybody’s seat, every document and every key.
              </p>
              <PostForm action="/security/closings" reload>
                <Button tone="primary" name="tenant" value={tenantId}>
                  Call it off<span className="sr-only">: {name}</span>
                </Button>
              </PostForm>
            </div>
          </Card>
        ))
      )}
    </>
  )
}
