import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import { Card } from '../../ui/card.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { figure } from './figure.ts'

/** How often the page asks how far it has come, while its tab is in view. */
const EVERY_MS = 2_000

/** A sweep under way. Everybody goes on reading and writing meanwhile; new rows are under the new version already. */
export function RunningRotation({ rotation }: { rotation: KeysView['rotations'][number] }) {
  useFreshLoader()
  const { fromVersion, toVersion, moved, total, startedAt } = rotation
  return (
    <Card id="rotation" title={`From version ${fromVersion} to version ${toVersion}`} note="Reading and writing go on. What is written now is under the new version; what was written before is sealed again, row by row.">
      <Progress
        label="Rows sealed again"
        {...(total > 0 ? { value: moved, max: total } : {})}
        note={
          <>
            {total > 0 ? `${figure(moved)} of ${figure(total)} rows` : 'counting the rows'}, begun <RelativeTime at={startedAt} />
          </>
        }
      />
    </Card>
  )
}

/** Asks through the page's own loader, so that a session that ended ends this too. Without scripts, reload the page. */
function useFreshLoader(): void {
  const { revalidate, state } = useRevalidator()
  const busy = useRef(false)
  busy.current = state !== 'idle'
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden && !busy.current) revalidate()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [revalidate])
}
