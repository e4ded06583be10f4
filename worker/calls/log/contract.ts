import { z } from 'zod'

export const CallId = z.string().regex(/^cal_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a call.')

export const callOutcomes = { ringing: 'Ringing', in_progress: 'On the line', answered: 'Answered', missed: 'Missed', voicemail: 'Voicemail', message: 'Text message' } as const
export type CallOutcome = keyof typeof callOutcomes
const Outcome = z.enum(Object.keys(callOutcomes) as [CallOutcome, ...CallOutcome[]]) // `as`: the keys of a const object

/** What a handler makes of a call by one tap. */
export const dispositions = { helped: 'Helped', follow_up: 'Follow up', left_message: 'Left a message', wrong_number: 'Wrong number', unwanted: 'Unwanted call' } as const
export type Disposition = keyof typeof dispositions
export const dispositionNames = Object.keys(dispositions) as [Disposition, ...Disposition[]] // `as`: the keys of a const object
export const Disposition = z.enum(dispositionNames)

/** How a call's way to the AMS stands; the words of `calls.sync_state`. */
export const syncStates = ['waiting', 'none', 'handing', 'synced', 'unknown', 'dead'] as const
export type SyncState = (typeof syncStates)[number]

/** Calls that somebody ought to look at, by how their way to the AMS stands. `lost`: destroyed on the last day before the AMS was known to have it. */
export const CallStanding = z.enum(['retrying', 'unknown', 'dead', 'none', 'lost'])
export type CallStanding = z.output<typeof CallStanding>

/** A call as a list shows it: of the other party's number the last four digits, whatever is still kept of it. */
export const CallView = z.object({
  id: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  outcome: Outcome,
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  durationS: z.number().nullable(),
  memberId: z.string().nullable(),
  number: z.string().nullable(),
  hasTranscript: z.boolean(),
  state: z.enum(['live', 'purging', 'purged']),
  purgedAt: z.number().nullable(),
  /** When its content goes whatever happens. */
  capAt: z.number(),
  /** How many contacts of the AMS have the number: none is `unmatched`; null where it was not asked. */
  matches: z.number().nullable(),
  /** When its handler was shown whom the AMS knows by the number. */
  poppedAt: z.number().nullable(),
  /** What its handler made of it, by one tap. */
  disposition: Disposition.nullable(),
  syncState: z.enum(syncStates),
  /** When it is handed to the AMS, or tried again. */
  syncDueAt: z.number().nullable(),
  syncAttempts: z.number(),
  /** Why the last attempt came to nothing: a word of ours. */
  syncTrouble: z.string().nullable(),
  syncedAt: z.number().nullable(),
  /** What the AMS calls the note. */
  noteId: z.string().nullable(),
  /** What the purge followed: the AMS's receipt, or the cap. */
  purgedBy: z.enum(['sync', 'cap']).nullable(),
})
export type CallView = z.output<typeof CallView>

/** What is known of the other party while the call is live; null once it is purged. */
export const CallContent = z.object({
  phone: z.string().nullable(),
  transcript: z.string().nullable(),
  text: z.string().nullable(),
  /** Whom the AMS knows by the number, once that is decided: its id there, its name, and the connection by which it is known under that id. */
  contact: z.object({ id: z.string(), name: z.string(), ams: z.string() }).nullable(),
  /** Its handler said that it is none of those whom the AMS knows by the number. */
  nobody: z.boolean(),
})
export type CallContent = z.output<typeof CallContent>

export const CallDetail = z.object({ call: CallView, content: CallContent.nullable() })
export type CallDetail = z.output<typeof CallDetail>
