import { Disposition, type CallView } from './contract.ts'
import type { CallRow } from './store.ts'

/** What is shown of a number: `***-***-1234`. */
export const masked = (last4: string | null): string | null => (last4 === null ? null : `***-***-${last4}`)

/** A call as it leaves: field by field, nothing of what is sealed. */
export const callView = (row: CallRow): CallView => ({
  id: row.id,
  direction: row.direction,
  outcome: row.outcome,
  startedAt: row.startedAt,
  answeredAt: row.answeredAt,
  endedAt: row.endedAt,
  durationS: row.durationS,
  memberId: row.memberId,
  number: masked(row.phoneLast4),
  hasTranscript: row.hasTranscript,
  state: row.state,
  purgedAt: row.purgedAt,
  capAt: row.capAt,
  matches: row.matches,
  poppedAt: row.poppedAt,
  disposition: Disposition.nullable().catch(null).parse(row.disposition),
  syncState: row.syncState,
  syncDueAt: row.syncDueAt,
  syncAttempts: row.syncAttempts,
  syncTrouble: row.syncTrouble,
  syncedAt: row.syncedAt,
  noteId: row.noteId,
  purgedBy: row.purgedBy,
})
