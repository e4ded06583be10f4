import type { ReactNode } from 'react'
import type { CallView } from '../../../worker/calls/log/contract.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { isStranded, isLost, standingOf, troubleWords } from './hand-over-words.ts'

/** How a call's note comes into the AMS, and what can be done where it does not. */
export function HandOver({ call, mayReplay }: { call: CallView; mayReplay: boolean }) {
  const { says, tone } = standingOf(call)
  return (
    <Card title="Its note in the AMS">
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusChip tone={tone}>{says}</StatusChip>
          <span className="text-ink-2">
            <Happening call={call} />
          </span>
        </p>
        {mayReplay && isStranded(call) ? (
          <PostForm className="flex flex-wrap items-center gap-3">
            <Button icon="refresh" name="intent" value="hand-over">
              Hand it over again
            </Button>
            <span className="text-xs text-ink-3">{call.syncState === 'unknown' ? 'An AMS that can be asked is asked first; with any other the note may then stand there twice.' : 'The AMS gets one note of a call, however often it is tried.'}</span>
          </PostForm>
        ) : null}
      </div>
    </Card>
  )
}

function Happening({ call }: { call: CallView }): ReactNode {
  const { syncState, syncDueAt, syncAttempts, syncTrouble, syncedAt, noteId, capAt } = call
  if (isLost(call)) return 'Its last day came before the AMS was known to have it: what was kept of the call was destroyed all the same.'
  const why = syncTrouble === null ? '' : `${troubleWords[syncTrouble] ?? 'It could not be handed over.'} `
  switch (syncState) {
    case 'synced':
      return (
        <>
          The AMS has it{noteId === null ? null : <> as <span className="font-mono [overflow-wrap:anywhere]">{noteId}</span></>}
          {syncedAt === null ? null : <>, since <RelativeTime at={syncedAt} /></>}. What was said is kept there and nowhere else.
        </>
      )
    case 'waiting':
      if (syncDueAt === null) return 'It is handed over some minutes after its end.'
      return syncAttempts === 0 ? <>It is handed over <RelativeTime at={syncDueAt} />.</> : <>{why}Tried {tries(syncAttempts)}; next <RelativeTime at={syncDueAt} />.</>
    case 'handing':
      return syncTrouble === null || syncDueAt === null ? 'It is on its way.' : <>{why}The AMS is asked <RelativeTime at={syncDueAt} /> whether it has the note.</>
    case 'unknown':
      return <>{why}The AMS may have the note. It is not sent again by itself; what is kept of the call goes <RelativeTime at={capAt} />.</>
    case 'dead':
      return <>{why}Tried {tries(syncAttempts)} and given up; it can be handed over again until <RelativeTime at={capAt} />.</>
    case 'none':
      return call.state === 'live' ? <>No AMS was connected when it was due. What is kept of the call goes <RelativeTime at={capAt} />.</> : 'No AMS was connected.'
  }
}

const tries = (attempts: number): string => (attempts === 1 ? 'once' : `${attempts} times`)
