import { defineEvent, meta } from '../../core/audit/event.ts'
import type { SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'

/** { word } by which a dialler calls a member. */
export const handlerWord = {
  name: 'calls.handler.word', table: 'call_handlers', column: 'content', class: 'contact', scope: 'tenant',
  holds: ['a member’s extension, user id or e-mail address at a dialler'], blindIndex: ['word_index'],
} as const satisfies SealedField

export const handlerMapped = defineEvent('calls.handler.mapped', 'A dialler’s word for a member was noted.', { connection: meta.id(), member: meta.id() })
export const handlerRemoved = defineEvent('calls.handler.removed', 'A dialler’s word for a member was removed.', { connection: meta.id(), member: meta.id() })

/** What comes in from diallers. */
export const intakeArea = {
  rights: [],
  sealedFields: [handlerWord],
  events: [handlerMapped, handlerRemoved],
  limits: [],
  retention: [{ name: 'call_handlers', what: 'Diallers’ words for members', enters: 'Noted by whoever holds integration credentials', sealedIn: [handlerWord.name], keep: { life: 'tenant' }, then: 'deleted' }],
  controls: [
    {
      id: 'calls.webhooks', name: 'Webhooks are proven before they are read', status: 'active', probe: 'calls.webhooks',
      how: 'What a dialler sends is looked at only after its proof: one spelling of it, then the signature over the very bytes, then the time, within five minutes where the scheme signs one; each message counts once. Dialpad and Vonage sign JWTs, other diallers an HMAC; RingCentral sends a token and signs nothing, so its row says no more than that the sender knows the token. Recordings are dropped where a message is parsed.',
      enforcedBy: ['worker/core/hooks/take-hook.ts', 'worker/calls/intake/providers', 'durable-objects/hook-guard.ts'],
      claims: ['CAL-04', 'CAL-40', 'CAL-48', 'CAL-49', 'CAL-67', 'CAL-81'], frameworks: ['CC6.6', 'CC6.7'],
    },
  ],
  reveals: [],
} as const satisfies AreaDeclarations

/** Who ends what is kept of the intake. */
export const intakeKeptElsewhere = { call_handlers: 'the destruction of a closed tenant, or whoever removes one' } as const
