import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, type RevealDeclaration, type RightDeclaration, type SealedField } from '../module.ts'
import { outcomes } from './contract.ts'

/** { origin, key } that an assistant's endpoint is asked with. */
export const assistantKey = {
  name: 'core.assistant.key', table: 'assistants', column: 'content', class: 'secret', scope: 'tenant',
  holds: ['key of the endpoint that summarises calls'],
} as const satisfies SealedField

export const reveals = {
  askAssistant: { verb: 'core.assistant.ask', field: assistantKey.name, reveals: true, says: 'Asks the tenant’s own assistant. The key goes to the origin it was given for and is never shown.' },
} as const satisfies Record<string, RevealDeclaration>

export const rights = {
  readAssistant: { right: 'assistant.read', says: 'See which assistant summarises calls', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent' },
  writeAssistant: { right: 'assistant.write', says: 'Connect, test and remove the assistant that summarises calls', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent' },
} as const satisfies Record<string, RightDeclaration>

export const assistantSet = defineEvent('core.assistant.set', 'Which assistant is asked, or whether one is, was changed.', { on: meta.flag(), new_key: meta.flag() })
export const assistantRemoved = defineEvent('core.assistant.removed', 'The assistant was removed with its key; none is asked any more.', {}, { urgent: true })
export const assistantTested = defineEvent('core.assistant.tested', 'The assistant was asked a question that tells of nobody.', { outcome: meta.oneOf(outcomes) })
export const assistantAsked = defineEvent('core.assistant.asked', 'An assistant was asked for a summary; what was said is not in the log.', { outcome: meta.oneOf(outcomes), sent_chars: meta.count(), withheld: meta.count(), answer_chars: meta.count() }, { urgent: true })

/** What leaves for a model, and what comes back: redacted, advisory, off until a tenant says otherwise. */
export const aiModule = defineModule({
  name: 'ai',
  rights: Object.values(rights),
  sealedFields: [assistantKey],
  events: [assistantSet, assistantRemoved, assistantTested, assistantAsked],
  limits: [],
  retention: [{ name: 'assistants', what: 'The assistant’s endpoint, model and sealed key', enters: 'Given by whoever holds integration credentials', sealedIn: [assistantKey.name], keep: { life: 'tenant' }, then: 'deleted' }],
  controls: [],
  subprocessors: [],
  reveals: Object.values(reveals),
})

/** Who ends what is kept of an assistant. */
export const aiKeptElsewhere = { assistants: 'being removed, or the destruction of a closed tenant' } as const
