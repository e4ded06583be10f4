import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import { Card } from '../../ui/card.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { figure } from './figure.ts'

/** A sweep under way. Everybody goes on reading and writing meanwhile; new rows are under the new version already. */
export function RunningRotation({ rotation }: { rotation: KeysView['rotations'][number] }) {
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
