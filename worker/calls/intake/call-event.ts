import { z } from 'zod'
import { ProviderName } from './contract.ts'

export const callEventKinds = ['ringing', 'answered', 'ended', 'missed', 'voicemail', 'transcript', 'sms'] as const

/** The longest transcript and the longest SMS that are taken; a longer one is cut. */
export const TRANSCRIPT_CHARS = 100_000
export const SMS_CHARS = 2_000

/** The longest call, in seconds. */
export const DAY_S = 86_400

/** What a provider calls things: bounded, printable, and never looked into. */
const providersWord = z.string().regex(/^[\x21-\x7e]{1,128}$/)

/**
 * One thing a provider said about one call, in the words of all of them. This is everything that is kept of a message: what
 * is not listed here (recordings, their addresses, contact names, routing) ends where it is parsed.
 */
export const CallEvent = z.strictObject({
  provider: ProviderName,
  /** The provider's id of the message, or a hash of it where it has none: the same message has the same one. */
  eventId: providersWord,
  /** What the provider calls the call; an SMS is a session of its own. */
  sessionId: providersWord,
  kind: z.enum(callEventKinds),
  direction: z.enum(['inbound', 'outbound']),
  /** When it happened, epoch milliseconds, by the provider's clock. */
  at: z.int().min(0),
  /** Who of the agency: the provider's user id, extension or e-mail as given. */
  handler: z.string().min(1).max(200).nullable(),
  /** The other party in E.164, or null where the provider withheld it or sent no number. */
  phone: z.string().regex(/^\+[1-9]\d{6,14}$/).nullable(),
  /** Seconds of talk, said at the end. */
  durationS: z.int().min(0).max(DAY_S).nullable(),
  /** `transcript` only: what was said, as the provider wrote it down. */
  transcript: z.string().min(1).max(TRANSCRIPT_CHARS).nullable(),
  /** `sms` only: its text. */
  text: z.string().max(SMS_CHARS).nullable(),
})
export type CallEvent = z.output<typeof CallEvent>
