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
 * the same ones make the same call. The start is the earliest moment heard of, the end the latest; a call of several legs has the
 * way and the number of its first, and is whose who answered last.
 */
export function foldFacts(known: CallFacts | null, { event, memberId }: HeardEvent): CallFacts {
  const { kind, at } = event
  const over = kind === 'ended' || kind === 'missed' || kind === 'voicemail' || kind === 'sms'
  const answeredAt = kind === 'answered' ? earlier(known?.answeredAt ?? null, at) : (known?.answeredAt ?? null)
  const endedAt = over ? later(known?.endedAt ?? null, at) : (known?.endedAt ?? null)
  const durationS = later(known?.durationS ?? null, event.durationS)
  return {
    direction: known && !isEarlier(known, event) ? known.direction : event.direction,
    outcome: outcomeOf(known?.outcome ?? null, kind, { answered: answeredAt !== null || (durationS ?? 0) > 0, ended: endedAt !== null }),
    startedAt: earlier(known?.startedAt ?? null, at),
    answeredAt,
    endedAt,
    durationS,
    // Who answered counts for more than whose telephone rang, and who took the call over for more than who is told of once more.
    memberId: kind === 'answered' && at > (known?.answeredAt ?? -1) ? (memberId ?? known?.memberId ?? null) : (known?.memberId ?? memberId),
    phoneLast4: numberOf(known, known?.phoneLast4 ?? null, event, event.phone?.slice(-4) ?? null),
    hasTranscript: (known?.hasTranscript ?? false) || event.transcript !== null,
  }
}

/** What is known of the other party once one more message came: the longer one of two transcripts, for it is the later one. No dialler says who it is. `facts`: how the call stood before. */
export const foldContent = (known: CallContent | null, facts: CallFacts | null, event: CallEvent): CallContent => ({
  phone: numberOf(facts, known?.phone ?? null, event, event.phone), transcript: longer(known?.transcript ?? null, event.transcript), text: longer(known?.text ?? null, event.text), contact: known?.contact ?? null, nobody: known?.nobody ?? false,
})

/** Whether a message says anything of the other party that is not known yet. */
export const saysMore = (known: CallFacts, event: CallEvent): boolean => (event.phone !== null && (known.phoneLast4 === null || isEarlier(known, event))) || event.transcript !== null || event.text !== null

/** A leg that began before every one that was told of so far. */
const isEarlier = ({ startedAt }: CallFacts, { at }: CallEvent): boolean => at < startedAt

const numberOf = (facts: CallFacts | null, known: string | null, event: CallEvent, said: string | null): string | null => (facts && isEarlier(facts, event) ? (said ?? known) : (known ?? said))

function outcomeOf(known: CallOutcome | null, kind: CallEvent['kind'], { answered, ended }: { answered: boolean; ended: boolean }): CallOutcome {
  if (kind === 'sms' || known === 'message') return 'message'
  if (kind === 'voicemail' || known === 'voicemail') return 'voicemail'
  if (answered) return ended ? 'answered' : 'in_progress'
  return ended ? 'missed' : 'ringing'
}

const earlier = (one: number | null, other: number): number => (one === null ? other : Math.min(one, other))
const later = (one: number | null, other: number | null): number | null => (one === null || other === null ? (one ?? other) : Math.max(one, other))
const longer = (one: string | null, other: string | null): string | null => ((other?.length ?? -1) > (one?.length ?? -1) ? other : one)
