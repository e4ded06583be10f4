import type { CallEvent } from '../intake/call-event.ts'
import type { CallContent, CallOutcome } from './contract.ts'

/** What is known of a call in clear. */
export type CallFacts = {
  readonly direction: 'inbound' | 'outbound'
  readonly outcome: CallOutcome
  readonly startedAt: number
  readonly answeredAt: number | null
  readonly endedAt: number | null
  readonly durationS: number | null
  readonly memberId: string | null
  readonly phoneLast4: string | null
  readonly hasTranscript: boolean
}

/** One message about a call, and whose the dialler says it is. */
export type HeardEvent = { readonly event: CallEvent; readonly memberId: string | null }

/**
 * What is known once one more message came. Messages come twice, late and in any order, and some never: whatever the order,
 * the same ones make the same call. The start is the earliest moment heard of, the end the latest.
 */
export function foldFacts(known: CallFacts | null, { event, memberId }: HeardEvent): CallFacts {
  const { kind, at } = event
  const over = kind === 'ended' || kind === 'missed' || kind === 'voicemail' || kind === 'sms'
  const answeredAt = kind === 'answered' ? earlier(known?.answeredAt ?? null, at) : (known?.answeredAt ?? null)
  const endedAt = over ? later(known?.endedAt ?? null, at) : (known?.endedAt ?? null)
  const durationS = later(known?.durationS ?? null, event.durationS)
  return {
    direction: known?.direction ?? event.direction,
    outcome: outcomeOf(known?.outcome ?? null, kind, { answered: answeredAt !== null || (durationS ?? 0) > 0, ended: endedAt !== null }),
    startedAt: earlier(known?.startedAt ?? null, at),
    answeredAt,
    endedAt,
    durationS,
    // Who answered counts for more than whose telephone rang.
    memberId: kind === 'answered' ? (memberId ?? known?.memberId ?? null) : (known?.memberId ?? memberId),
    phoneLast4: known?.phoneLast4 ?? event.phone?.slice(-4) ?? null,
    hasTranscript: (known?.hasTranscript ?? false) || event.transcript !== null,
  }
}

/** What is known of the other party once one more message came: the longer one of two transcripts, for it is the later one. No dialler says who it is. */
export const foldContent = (known: CallContent | null, { phone, transcript, text }: CallEvent): CallContent => ({ phone: known?.phone ?? phone, transcript: longer(known?.transcript ?? null, transcript), text: longer(known?.text ?? null, text), contact: known?.contact ?? null, nobody: known?.nobody ?? false })

/** Whether a message says anything of the other party that is not known yet. */
export const saysMore = (known: CallFacts, { phone, transcript, text }: CallEvent): boolean => (phone !== null && known.phoneLast4 === null) || transcript !== null || text !== null

function outcomeOf(known: CallOutcome | null, kind: CallEvent['kind'], { answered, ended }: { answered: boolean; ended: boolean }): CallOutcome {
  if (kind === 'sms' || known === 'message') return 'message'
  if (kind === 'voicemail' || known === 'voicemail') return 'voicemail'
  if (answered) return ended ? 'answered' : 'in_progress'
  return ended ? 'missed' : 'ringing'
}

const earlier = (one: number | null, other: number): number => (one === null ? other : Math.min(one, other))
const later = (one: number | null, other: number | null): number | null => (one === null || other === null ? (one ?? other) : Math.max(one, other))
const longer = (one: string | null, other: string | null): string | null => ((other?.length ?? -1) > (one?.length ?? -1) ? other : one)
