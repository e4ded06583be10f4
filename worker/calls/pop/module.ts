import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { dispositionNames } from '../log/contract.ts'
import { decisions } from './contract.ts'

/** A pop's own key, apart from the call's: destroying it ends what was shown, whatever is still kept of the call. */
export const POP_SALT = 'pop'

/** How long a call is shown, from its ring (CAL-57). */
export const POP_MS = 5 * 60_000

/** How long the choice among several contacts is remembered. */
export const CHOICE_MS = 30 * 86_400_000

/** What a handler is shown of a call that rings. It lies in the organisation's object and in no database. */
export const popContent = {
  name: 'calls.pop.content', table: 'object.pops', column: 'sealed', class: 'content', scope: 'tenant', salt: POP_SALT,
  holds: ['name, policies and last notes of whoever calls, as the AMS has them', 'the caller’s phone number'],
} as const satisfies SealedField

/** Columns of blind indexes. */
export const CHOICE_PHONE = 'calls.choice.phone'
export const CHOICE_RECORD = 'calls.choice.record'

export const rights = {
  handle: { right: 'calls.pop.own', says: 'Be shown who calls, say who of several it is, and what came of the call', atLeast: 'member', claims: ['CAL-85'] },
} as const satisfies Record<string, RightDeclaration>

export const callMatched = defineEvent('calls.call.matched', 'The AMS was asked live whom a call’s number belongs to.', { how: meta.oneOf(decisions), matches: meta.count().nullable() })
export const popRead = defineEvent('calls.pop.read', 'A handler was shown who calls.', { state: meta.oneOf(decisions) }, { read: true })
export const contactChosen = defineEvent('calls.contact.chosen', 'A handler said which of several contacts a call is with; it is remembered for a month.', { among: meta.count(), nobody: meta.flag() })
export const callDisposed = defineEvent('calls.call.disposed', 'A handler said what came of a call.', { disposition: meta.oneOf(dispositionNames) })

/** Who calls, while it rings. */
export const popArea = {
  rights: Object.values(rights),
  sealedFields: [popContent],
  events: [callMatched, popRead, contactChosen, callDisposed],
  limits: [],
  retention: [
    { name: 'screen_pops', what: 'What a handler is shown of a call that rings: name, policies and last notes from the AMS', enters: 'Asked of the AMS at the ring, live', sealedIn: [popContent.name], keep: { ms: POP_MS }, then: 'key destroyed', claims: ['CAL-57'] },
    { name: 'call_choices', what: 'Which of several contacts with one number was meant: two keyed hashes', enters: 'Said by the handler of a call', keep: { ms: CHOICE_MS }, then: 'deleted' },
  ],
  controls: [],
  reveals: [],
} as const satisfies AreaDeclarations

/** Who ends what is kept of pops. */
export const popKeptElsewhere = { screen_pops: 'the organisation’s screen-pop object, by its alarm' } as const
