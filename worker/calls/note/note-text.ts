import { callOutcomes, type CallOutcome } from '../log/contract.ts'

/** What a note says of a call: facts in clear, what the dialler passed on, and an assistant's summary where there is one. */
export type NoteParts = {
  readonly call: {
    readonly id: string
    readonly direction: 'inbound' | 'outbound'
    readonly outcome: CallOutcome
    readonly startedAt: number
    readonly answeredAt: number | null
    readonly endedAt: number | null
    readonly durationS: number | null
    readonly disposition: string | null
  }
  /** Whoever handled it; null where nobody is known. */
  readonly member: string | null
  /** Whom the AMS knows under the number; null where nobody was matched. */
  readonly contact: string | null
  readonly phone: string | null
  readonly transcript: string | null
  readonly text: string | null
  readonly summary: string | null
}

/** The one note that a call leaves in the AMS. Pure; times are UTC, for an agency's offices may lie in several zones. */
export function noteText({ call, member, contact, phone, transcript, text, summary }: NoteParts): { subject: string; text: string } {
  const message = call.outcome === 'message'
  const whom = contact ?? phone ?? 'a withheld number'
  const lines = [
    [message ? 'Sent' : 'Began', utc(call.startedAt)],
    ['Answered', call.answeredAt === null ? null : utc(call.answeredAt)],
    ['Ended', message || call.endedAt === null ? null : utc(call.endedAt)],
    ['Spoke for', call.durationS ? spokenFor(call.durationS) : null],
    ['Outcome', callOutcomes[call.outcome]],
    ['Number', phone],
    ['Handled by', member],
    ['Disposition', call.disposition],
  ] as const
  const parts = [
    lines.flatMap(([term, value]) => (value === null ? [] : [`${term}: ${value}`])).join('\n'),
    titled('Summary (suggested by an assistant; nobody has checked it)', summary),
    titled('Text message', text),
    titled('Transcript (as the dialler gave it)', transcript),
    `Countersign, call ${call.id}`,
  ]
  const way = { inbound: 'from', outbound: 'to' }[call.direction]
  return { subject: `${message ? 'Text message' : call.outcome === 'answered' ? 'Call' : `${callOutcomes[call.outcome]} call`} ${way} ${whom}`, text: parts.filter((part) => part !== null).join('\n\n') }
}

const titled = (title: string, words: string | null): string | null => (words === null || words.trim() === '' ? null : `${title}\n${words.trim()}`)

/** `2026-11-27 09:30:50 UTC` */
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const spokenFor = (seconds: number): string => [[Math.floor(seconds / 60), 'min'] as const, [seconds % 60, 's'] as const].flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ')
