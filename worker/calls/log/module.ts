import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { callEventKinds } from '../intake/call-event.ts'

/** A call's own key; destroying it is the call's erasure. */
export const CALL_SALT = 'call'

/** { phone, transcript, text, contact }: what is known of the other party. */
export const callContent = {
  name: 'calls.call.content', table: 'calls', column: 'content', class: 'content', scope: 'tenant', salt: CALL_SALT,
  holds: ['the other party’s phone number', 'transcript given by the dialler', 'text of an SMS', 'the other party’s name and id in the AMS'], keeps: ['last four digits of the phone number'],
} as const satisfies SealedField

/** Nothing of the other party is kept longer than this, whatever happens (CAL-18). */
export const CAP_MS = 30 * 86_400_000

/** A call whose end nobody told is taken to be over this long after it began. */
export const OVER_MS = 12 * 3_600_000

/** What is destroyed with a call's key, as its receipt names it. */
const DESTROYED = 'phone,transcript,text,contact'

export const rights = {
  readOwn: { right: 'calls.log.own', says: 'See one’s own calls', atLeast: 'member', claims: ['CAL-85'] },
  readAll: { right: 'calls.log.all', says: 'See everybody’s calls', atLeast: 'admin', claims: ['CAL-84'] },
} as const satisfies Record<string, RightDeclaration>

export const callHeard = defineEvent('calls.call.heard', 'A dialler told of a call.', { connection: meta.id(), kind: meta.oneOf(callEventKinds), first: meta.flag() }, { urgent: true })
export const callOpened = defineEvent('calls.call.read', 'Somebody opened what is kept of a call.', { state: meta.oneOf(['live', 'purging', 'purged']) }, { read: true })
const causes = meta.oneOf(['sync', 'cap'])
export const callPurging = defineEvent('calls.call.purging', 'A call’s content was taken out of its row; its key goes next.', { ciphertext: meta.digest(), by: causes }, { urgent: true })
export const callPurged = defineEvent(
  'calls.call.purged', 'A call’s key was destroyed and found gone: nothing of the other party can be read again.',
  { classes: meta.fields(), ciphertext: meta.digest(), key: meta.digest(), by: causes, started_at: meta.count(), ended_at: meta.count().optional() }, { urgent: true },
)
export const callLost = defineEvent('calls.call.lost', 'A call’s content reached its last day before the AMS was known to have it, and was destroyed all the same.', { stood: meta.oneOf(['waiting', 'handing', 'unknown', 'dead']) }, { urgent: true })

/** The receipt of a purge: what was destroyed by class, hash and the key's name; of plaintext nothing, not even a hash. */
export const receiptOf = (row: { readonly id: string; readonly contentDigest: string | null; readonly purgedBy: 'sync' | 'cap' | null; readonly startedAt: number; readonly endedAt: number | null }) =>
  callPurged(row.id, { classes: DESTROYED, ciphertext: row.contentDigest ?? '0000', key: `${CALL_SALT}/${row.id}`, by: row.purgedBy ?? 'cap', started_at: row.startedAt, ...(row.endedAt === null ? {} : { ended_at: row.endedAt }) })

/** What goes with a call's key, thing by thing: some minutes after its end, when the AMS has the note; by the cap of `calls` where it never has. */
const callParts = [
  { name: 'call_numbers', what: 'The other party’s phone number but for its last four digits, until the AMS has the call’s note', enters: 'A dialler’s signed webhook', sealedIn: [callContent.name], keep: { policy: 'call.sync_delay_s' }, then: 'masked', claims: ['CAL-45'] },
  { name: 'call_words', what: 'Transcript and summary of a call, until the AMS has the call’s note', enters: 'A dialler’s signed webhook; a summary is made as the note leaves and kept nowhere', sealedIn: [callContent.name], keep: { policy: 'call.sync_delay_s' }, then: 'key destroyed', claims: ['CAL-46'] },
  { name: 'call_texts', what: 'Text of an SMS, until the AMS has its note', enters: 'A dialler’s signed webhook', sealedIn: [callContent.name], keep: { policy: 'call.sync_delay_s' }, then: 'key destroyed', claims: ['CAL-58'] },
  { name: 'call_names', what: 'Name and id of the contact that a call was matched with, until the AMS has the call’s note', enters: 'Asked of the AMS, live', sealedIn: [callContent.name], keep: { policy: 'call.sync_delay_s' }, then: 'key destroyed', claims: ['CAL-59'] },
] as const

/** What never comes to lie here. */
const neverKept = [
  { name: 'recordings', what: 'Recordings and audio of calls', enters: 'Nowhere: dropped where a dialler’s message is read', keep: { ms: 0 }, then: 'deleted', claims: ['CAL-39', 'CAL-40'] },
  { name: 'ams_records', what: 'Clients and policies of an agency management system', enters: 'Nowhere: asked for live, shown to a call’s handler, and asked for anew the next time', keep: { ms: 0 }, then: 'deleted', claims: ['CAL-39', 'CAL-42'] },
  { name: 'cards', what: 'Card and payment data', enters: 'Nowhere: nothing here asks for a payment, and the number of a card that somebody says or writes is left out where a dialler’s message is read', keep: { ms: 0 }, then: 'deleted', claims: ['CAL-39', 'CAL-41'] },
] as const

/** The log of calls. */
export const logArea = {
  rights: Object.values(rights),
  sealedFields: [callContent],
  events: [callHeard, callOpened, callPurging, callPurged, callLost],
  limits: [],
  retention: [
    { name: 'calls', what: 'What is known of a call’s other party: number, name, transcript, text', enters: 'A dialler’s signed webhook', sealedIn: [callContent.name], keep: { ms: CAP_MS }, then: 'key destroyed', claims: ['CAL-18'] },
    ...callParts,
    ...neverKept,
    { name: 'call_facts', what: 'A call’s times, outcome, handler and the last four digits of its number', enters: 'A dialler’s signed webhook', keep: { life: 'tenant' }, then: 'deleted', claims: ['CAL-61'] },
  ],
  controls: [
    {
      id: 'calls.purge', name: 'A call is forgotten once its note is handed over', status: 'active', probe: 'calls.purge',
      how: 'Number, name, transcript and text of a call lie under a key of that one call, apart from the database. The step that takes the acknowledgement of the agency management system empties the row, destroys the key and reads it back as gone, so that no backup and no point-in-time restore can bring anything back; a receipt stands in the log. After thirty days the same happens whatever became of the note.',
      enforcedBy: ['worker/calls/log/purge-calls.ts', 'worker/core/vault/salts.ts'],
      claims: ['CAL-17', 'CAL-18', 'CAL-22', 'CAL-23', 'CAL-24', 'CAL-46', 'CAL-54', 'CAL-75'], frameworks: ['CC6.5', 'P4.3'],
    },
  ],
  reveals: [],
} as const satisfies AreaDeclarations

/** Who ends what is kept of calls. */
const withTheCall = 'the purge of its call, in the step of the AMS’s receipt; after that the hourly job'
const never = 'nobody: it is never written'
export const logKeptElsewhere = { call_facts: 'the destruction of a closed tenant', call_numbers: withTheCall, call_words: withTheCall, call_texts: withTheCall, call_names: withTheCall, recordings: never, ams_records: never, cards: never } as const
