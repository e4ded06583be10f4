import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { CallView } from '../../../worker/calls/log/contract.ts'
import { Clock } from '../../ui/clock.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { momentsOf } from './call-moments.tsx'

afterEach(cleanup)

const now = Date.UTC(2026, 10, 27, 14, 3)
const call: CallView = {
  id: 'cal_1', direction: 'inbound', outcome: 'answered', startedAt: now - 300_000, answeredAt: now - 290_000, endedAt: now - 60_000, durationS: 230, memberId: null, number: '***-***-0132', hasTranscript: true,
  state: 'live', purgedAt: null, capAt: now + 30 * 86_400_000, matches: 1, poppedAt: now - 299_000, disposition: null, syncState: 'waiting', syncDueAt: now + 120_000, syncAttempts: 0, syncTrouble: null, syncedAt: null, noteId: null, purgedBy: null,
}

function lines(change: Partial<CallView>): string[] {
  render(
    <Clock now={now}>
      <Timeline label="Its life" moments={momentsOf({ ...call, ...change })} />
    </Clock>,
  )
  const said = within(screen.getByRole('list', { name: 'Its life' })).getAllByRole('listitem').map(({ textContent }) => textContent ?? '')
  cleanup()
  return said
}

test('a call that waits for its note counts down until it leaves, and until it is forgotten at the latest', () => {
  expect(lines({})).toEqual([
    'Rang5 min ago', 'Matched with a contact in the AMS', 'Shown to its handler4 min ago', 'Answered4 min ago', 'Ended1 min ago', 'Note goes to the AMS (not yet)2:00',
    'Number, name and words are destroyed as soon as the AMS has the note, and at the latest in (not yet)30 d 0 h',
  ])
})

test('a forgotten call says when, and what it followed', () => {
  expect(lines({ state: 'purged', syncState: 'synced', syncDueAt: null, syncedAt: now - 5_000, purgedAt: now - 4_000, purgedBy: 'sync' }).slice(-2)).toEqual(['Note in the AMS5 s ago', 'Number, name and words destroyedIn the step in which the AMS said that it has the note.just now'])
  expect(lines({ state: 'purged', syncState: 'dead', syncDueAt: null, purgedAt: now - 4_000, purgedBy: 'cap' }).slice(-2)).toEqual(['The AMS did not take the note (failed)', 'Number, name and words destroyedBy the 30-day cap.just now'])
})

test('nobody, one or several are said of those who have the number, and nothing where the AMS was not asked', () => {
  expect(lines({ matches: 0 })[1]).toContain('Matched with nobody')
  expect(lines({ matches: 3 })[1]).toBe('Matched with 3 contacts that have the number')
  expect(lines({ matches: null, poppedAt: null })[1]).toMatch(/^Answered/)
})

test('what nobody knows is not said to have happened', () => {
  expect(lines({ syncState: 'unknown', syncDueAt: null })).toContain('Nobody knows whether the AMS has the note (failed)')
  expect(lines({ outcome: 'message', answeredAt: null, durationS: null })[0]).toBe('Sent5 min ago')
  expect(lines({ outcome: 'message', answeredAt: null, durationS: null }).join()).not.toContain('Ended')
})
