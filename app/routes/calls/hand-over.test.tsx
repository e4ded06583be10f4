import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { CallView } from '../../../worker/calls/log/contract.ts'
import { CsrfProvider } from '../../shell/post-form.tsx'
import { HandOver } from './hand-over.tsx'
import { HandOvers } from './hand-overs.tsx'

afterEach(cleanup)

const call: CallView = {
  id: 'cal_1', direction: 'inbound', outcome: 'answered', startedAt: 0, answeredAt: 9_000, endedAt: 60_000, durationS: 51, memberId: null, number: '***-***-0132', hasTranscript: true, state: 'live', purgedAt: null, capAt: 9_000_000,
  matches: null, poppedAt: null, disposition: null, syncState: 'waiting', syncDueAt: 240_000, syncAttempts: 0, syncTrouble: null, syncedAt: null, noteId: null, purgedBy: null,
}

const show = (change: Partial<CallView>, mayReplay = true) =>
  render(
    <CsrfProvider value="t">
      <HandOver call={{ ...call, ...change }} mayReplay={mayReplay} />
    </CsrfProvider>,
  )

test('what was given up, may be there, or was due without an AMS can be handed over again by whoever may; nothing else can', () => {
  for (const syncState of ['dead', 'unknown', 'none'] as const) {
    show({ syncState, syncTrouble: 'busy', syncAttempts: 2 })
    expect(screen.getAllByRole('button', { name: 'Hand it over again' })).toHaveLength(1)
    cleanup()
    show({ syncState }, false)
    expect(screen.queryByRole('button')).toBeNull()
    cleanup()
  }
  for (const change of [{ syncState: 'waiting' }, { syncState: 'handing' }, { syncState: 'synced', state: 'purged' }, { syncState: 'dead', state: 'purged', purgedBy: 'cap' }] as const) {
    show(change)
    expect(screen.queryByRole('button')).toBeNull()
    cleanup()
  }
})

test('a dead letter says why, an unknown one that it may be there already, a note in the AMS what it is called there, and a lost one that it is lost', () => {
  show({ syncState: 'dead', syncTrouble: 'no_contact', syncAttempts: 1 })
  expect(screen.getByText(/takes no note without a contact/).textContent).toContain('Tried once and given up')
  cleanup()
  show({ syncState: 'unknown', syncTrouble: 'timeout' })
  expect(screen.getByText(/may then stand there twice/)).toBeTruthy()
  cleanup()
  show({ syncState: 'synced', state: 'purged', purgedBy: 'sync', noteId: 'note-7', syncedAt: 240_000 })
  expect(screen.getByText('note-7')).toBeTruthy()
  cleanup()
  show({ syncState: 'dead', state: 'purged', purgedBy: 'cap' })
  expect(screen.getByText('Lost')).toBeTruthy()
})

test('the log says what did not reach the AMS and what was lost, leads to it, and is silent where everything is there', () => {
  const counts = { retrying: 0, unknown: 1, dead: 2, none: 1, lost: 1, capped: 1 }
  const page = (change: Partial<typeof counts>, mayReplay = true) =>
    render(
      <CsrfProvider value="t">
        <HandOvers counts={{ ...counts, ...change }} stands={null} mayReplay={mayReplay} refused={null} replayed={null} />
      </CsrfProvider>,
    )
  page({})
  expect(screen.getByText('3 calls not in the AMS')).toBeTruthy()
  expect(screen.getByText('One call lost')).toBeTruthy()
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/calls', '/calls?stands=unknown', '/calls?stands=dead', '/calls?stands=none', '/calls?stands=lost'])
  expect(screen.getAllByRole('button')).toHaveLength(1)
  cleanup()
  page({}, false)
  expect(screen.queryByRole('button')).toBeNull()
  cleanup()
  page({ unknown: 0, dead: 0, none: 0, lost: 0, capped: 0 })
  expect(document.body.textContent).toBe('')
})
