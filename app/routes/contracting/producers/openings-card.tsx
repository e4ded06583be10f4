import type { OpeningView } from '../../../../worker/contracting/producers/contract.ts'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { purposeWords } from './opening-choices.ts'
import { partWords } from './words.ts'

/** Who opened what, when and why. */
export function OpeningsCard({ openings, title = 'Who opened it', whose }: { openings: readonly OpeningView[]; title?: string; /** Names the FMO with each, where there may be several. */ whose?: boolean }) {
  return (
    <Card title={title}>
      {openings.length === 0 ? (
        <EmptyState icon="eye" title="Nobody has">Each opening stands here with its reason, and in the log of both sides.</EmptyState>
      ) : (
        <Timeline
          label={title}
          moments={openings.map(({ id, who, where, purpose, reason, parts, number, openedAt }) => ({
            key: id,
            title: whose ? `${who}, ${where}` : who,
            detail: `${purposeWords[purpose] ?? purpose}: ${reason}. Seen of version ${number}: ${parts.map((part) => partWords[part] ?? part).join(', ')}.`,
            when: <RelativeTime at={openedAt} />,
          }))}
        />
      )}
    </Card>
  )
}
