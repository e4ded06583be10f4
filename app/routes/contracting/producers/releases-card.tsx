import type { ReleaseView } from '../../../../worker/contracting/producers/contract.ts'
import { Card } from '../../../ui/card.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { ends, releaseTones, releaseWords } from './words.ts'

/** What was asked about parting, and what became of it. */
export function ReleasesCard({ releases }: { releases: readonly ReleaseView[] }) {
  if (releases.length === 0) return null
  return (
    <Card title="Releases">
      <ul className="grid gap-4 text-sm">
        {releases.map(({ id, askedBy, state, askedAt, dueAt, answeredAt, reason, answer }) => (
          <li key={id} className="grid gap-1">
            <span className="flex flex-wrap items-center gap-2">
              <StatusChip tone={releaseTones[state]}>{releaseWords[state]}</StatusChip>
              <span className="text-ink-3">
                by {ends[askedBy]}, <RelativeTime at={askedAt} />
              </span>
            </span>
            <span className="text-ink-2">{reason}</span>
            {answer ? <span>{answer}</span> : null}
            {state === 'requested' ? (
              <span className="text-ink-3">
                <Anchor href={`/releases/${id}`} className="text-link">
                  Open
                </Anchor>{' '}
                · granted by itself <RelativeTime at={dueAt} />
              </span>
            ) : answeredAt === null ? null : (
              <span className="text-ink-3">
                <RelativeTime at={answeredAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
