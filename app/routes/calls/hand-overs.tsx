import { CallStanding } from '../../../worker/calls/log/contract.ts'
import type { HandOverCounts } from '../../../worker/calls/sync/contract.ts'
import type { Refused } from '../../refused.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { standings } from './hand-over-words.ts'

type HandOversProps = { counts: HandOverCounts; stands: CallStanding | null; mayReplay: boolean; refused: Refused | null; replayed: number | null }

/** What did not reach the AMS, for those who can do something about it; nothing where everything did. */
export function HandOvers({ counts, stands, mayReplay, refused, replayed }: HandOversProps) {
  const shown = CallStanding.options.filter((each) => counts[each] > 0 || each === stands)
  const again = counts.dead + counts.none
  return (
    <>
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {replayed === null ? null : (
        <Notice tone="ok" title={`${callsOf(replayed)} on the way again`} live>
          They go in the order in which they began. The AMS gets one note of each.
        </Notice>
      )}
      {counts.lost > 0 ? (
        <Notice tone="bad" title={`${callsOf(counts.lost)} lost`}>
          The last day of each came before the AMS was known to have it. What was kept was destroyed all the same: the cap wins over delivery.
        </Notice>
      ) : null}
      {again > 0 ? (
        <Notice
          tone="warn"
          title={`${callsOf(again)} not in the AMS`}
          action={
            mayReplay ? (
              <PostForm action="/calls">
                <Button size="sm" icon="refresh" name="intent" value="hand-over">
                  Hand them over again
                </Button>
              </PostForm>
            ) : undefined
          }
        >
          They were given up, or no AMS was connected when they were due. What is kept of each goes on its last day.
        </Notice>
      ) : null}
      {shown.length > 0 ? (
        <TabLinks label="Calls by their note" tabs={[{ label: 'All', href: '/calls', current: stands === null }, ...shown.map((each) => ({ label: standings[each], href: `/calls?stands=${each}`, current: each === stands, count: counts[each] }))]} />
      ) : null}
    </>
  )
}

const callsOf = (n: number): string => (n === 1 ? 'One call' : `${n} calls`)
