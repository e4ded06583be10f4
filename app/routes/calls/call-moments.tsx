import type { ReactNode } from 'react'
import type { CallView } from '../../../worker/calls/log/contract.ts'
import { Countdown } from '../../ui/countdown.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Moment } from '../../ui/timeline.tsx'

/** A call's life in order, from its first ring until nothing of the other party is left: what has happened, and what is still to come. */
export function momentsOf(call: CallView): Moment[] {
  const message = call.outcome === 'message'
  return [
    ...moment('started', message ? 'Sent' : 'Rang', call.startedAt),
    ...matched(call.matches),
    ...moment('popped', 'Shown to its handler', call.poppedAt),
    ...moment('answered', 'Answered', call.answeredAt),
    ...(message ? [] : moment('ended', call.answeredAt === null ? 'Ended without an answer' : 'Ended', call.endedAt)),
    ...noted(call),
    ...purged(call),
  ]
}

const moment = (key: string, title: string, at: number | null, more: Partial<Moment> = {}): Moment[] => (at === null ? [] : [{ key, title, when: <RelativeTime at={at} />, ...more }])

/** Something still to come, as a countdown; without a time it is not said when. */
const toCome = (key: string, title: string, at: number | null, detail?: ReactNode): Moment => ({ key, title, state: 'open', detail, when: at === null ? undefined : <Countdown at={at} over="any moment now" /> })

function matched(matches: number | null): Moment[] {
  if (matches === null) return []
  return [{ key: 'matched', title: ['Matched with nobody: the AMS does not know the number', 'Matched with a contact in the AMS'][matches] ?? `Matched with ${matches} contacts that have the number` }]
}

function noted({ state, syncState, syncedAt, syncDueAt, syncAttempts }: CallView): Moment[] {
  switch (syncState) {
    case 'synced':
      return moment('synced', 'Note in the AMS', syncedAt)
    case 'waiting':
    case 'handing':
      return state === 'live' ? [toCome('synced', syncAttempts > 0 ? 'Note goes to the AMS, tried again' : 'Note goes to the AMS', syncDueAt)] : []
    case 'unknown':
      return [{ key: 'synced', title: 'Nobody knows whether the AMS has the note', state: 'bad' }]
    case 'dead':
      return [{ key: 'synced', title: 'The AMS did not take the note', state: 'bad' }]
    case 'none':
      return [{ key: 'synced', title: 'No AMS was connected to take a note', state: state === 'live' ? 'open' : 'bad' }]
  }
}

function purged({ state, purgedAt, purgedBy, capAt, syncState }: CallView): Moment[] {
  if (state === 'purged') return moment('purged', 'Number, name and words destroyed', purgedAt, { detail: purgedBy === 'sync' ? 'In the step in which the AMS said that it has the note.' : purgedBy === 'cap' ? 'By the 30-day cap.' : undefined })
  if (state === 'purging') return [toCome('purged', 'Number, name and words are being destroyed', null)]
  const soon = syncState === 'waiting' || syncState === 'handing'
  return [toCome('purged', soon ? 'Number, name and words are destroyed as soon as the AMS has the note, and at the latest in' : 'Number, name and words are destroyed at the latest in', capAt)]
}
