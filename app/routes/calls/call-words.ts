import type { CallOutcome } from '../../../worker/calls/log/contract.ts'
import type { Tone } from '../../ui/status-chip.tsx'

export const outcomeTones: Readonly<Record<CallOutcome, Tone>> = { ringing: 'info', in_progress: 'info', answered: 'ok', missed: 'warn', voicemail: 'warn', message: 'mute' }

export const directionWords = { inbound: 'In', outbound: 'Out' } as const

/** `3 min 20 s`; a call that nobody spoke in has none. */
export function spokenFor(seconds: number | null): string {
  if (seconds === null || seconds === 0) return '–'
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return [...(minutes > 0 ? [`${minutes} min`] : []), ...(rest > 0 || minutes === 0 ? [`${rest} s`] : [])].join(' ')
}

/** What came of a message, in words. */
export const verdictWords: Readonly<Record<string, { says: string; tone: Tone }>> = {
  taken: { says: 'Taken', tone: 'ok' },
  test: { says: 'Test passed', tone: 'ok' },
  nothing: { says: 'Tells of no call', tone: 'mute' },
  too_late: { says: 'Too late: a week old, or its call forgotten', tone: 'mute' },
  missing: { says: 'Refused: no signature', tone: 'bad' },
  malformed: { says: 'Refused: not readable', tone: 'bad' },
  not_canonical: { says: 'Refused: spelt another way', tone: 'bad' },
  wrong_signature: { says: 'Refused: wrong signature', tone: 'bad' },
  too_old: { says: 'Refused: signed too long ago', tone: 'bad' },
  too_new: { says: 'Refused: signed in the future', tone: 'bad' },
}
