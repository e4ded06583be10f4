import type { CallStanding, CallView } from '../../../worker/calls/log/contract.ts'
import type { Tone } from '../../ui/status-chip.tsx'

/** What a trouble means for whoever has to do something about it. */
export const troubleWords: Readonly<Record<string, string>> = {
  credentials_refused: 'The AMS does not accept our credentials.',
  refused_address: 'The AMS’s address is not one that may be called.',
  unreachable: 'The AMS could not be reached.',
  timeout: 'The AMS did not answer within ten seconds.',
  busy: 'The AMS asked for patience.',
  broken: 'The AMS gave an answer that was none.',
  no_contact: 'The AMS takes no note without a contact, and none was matched.',
  refused: 'The AMS refused the note.',
  cannot_look_up: 'The AMS cannot be asked for a number.',
  unreadable: 'What is kept of the call failed its integrity check and was not opened.',
  could_not_prepare: 'The note could not be put together.',
  broke_off: 'It broke off while it was handed over.',
  ams_gone: 'The connection it was handed over by is not there any more.',
}

type Standing = Pick<CallView, 'state' | 'syncState' | 'syncAttempts' | 'purgedBy'>

/** Destroyed by its cap before the AMS was known to have it. */
export const isLost = ({ purgedBy, syncState }: Standing): boolean => purgedBy === 'cap' && (syncState === 'dead' || syncState === 'unknown')

/** Whether somebody can hand it over again. */
export const isStranded = ({ state, syncState }: Standing): boolean => state === 'live' && (syncState === 'dead' || syncState === 'unknown' || syncState === 'none')

/** Where a call's note stands, in a word. */
export function standingOf(call: Standing): { says: string; tone: Tone } {
  if (isLost(call)) return { says: 'Lost', tone: 'bad' }
  switch (call.syncState) {
    case 'synced':
      return { says: 'In the AMS', tone: 'ok' }
    case 'waiting':
      return call.syncAttempts === 0 ? { says: 'Waiting', tone: 'mute' } : { says: 'Trying again', tone: 'warn' }
    case 'handing':
      return { says: 'On its way', tone: 'info' }
    case 'unknown':
      return { says: 'Unknown', tone: 'warn' }
    case 'dead':
      return { says: 'Dead letter', tone: 'bad' }
    case 'none':
      return { says: 'No AMS', tone: 'mute' }
  }
}

/** What the tabs of the log call those that somebody ought to look at. */
export const standings: Readonly<Record<CallStanding, string>> = { retrying: 'Trying again', unknown: 'Unknown', dead: 'Dead letters', none: 'Without an AMS', lost: 'Lost' }
