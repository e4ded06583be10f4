import { defineEvent, meta } from './event.ts'

/** What the log has to say about itself. The chain object writes the first five; a test holds its entries against these. */

const source = meta.digest
const outOfOrder = { source: source(), from: meta.count(), to: meta.count() }

export const forged = defineEvent('core.audit.forged', 'A row in an outbox did not prove itself; it was not sealed.', {
  source: source(), number: meta.count(), reason: meta.oneOf(['mac', 'malformed', 'repeated', 'personal']), digest: meta.digest(),
})
export const gap = defineEvent('core.audit.gap', 'Numbers are missing in a source: somebody removed events before they were sealed.', { ...outOfOrder, missing: meta.count() })
export const sourceRewound = defineEvent('core.audit.source_rewound', 'A source was put back to an older state.', outOfOrder)
export const retired = defineEvent('core.audit.retired', 'Entries past their time were removed; their hashes stay.', { from: meta.count(), to: meta.count(), before: meta.count() })
export const sealedForGood = defineEvent('core.audit.sealed', 'The log was closed with its tenant; nothing is appended after.', { entries: meta.count() })

export const checkpointed = defineEvent('core.log.checkpointed', 'A tenant’s log signed a checkpoint, whose hash stands here.', { seq: meta.count(), size: meta.count(), note: meta.digest() })
export const opened = defineEvent('core.audit.entry_opened', 'Somebody read the sealed part of an entry: address, browser, reason.', { number: meta.count() }, { read: true })
export const exported = defineEvent('core.audit.exported', 'The audit log was exported.', {
  form: meta.oneOf(['csv', 'ndjson']), rows: meta.count(), upTo: meta.count(),
  // The filter. What was searched for is the one part that somebody typed freely: its hash only.
  event: meta.fields().optional(), actor: meta.digest().optional(), subject: meta.digest().optional(), kind: meta.oneOf(['reads']).optional(), from: meta.count().optional(), to: meta.count().optional(), searched: meta.digest().optional(),
}, { read: true })
export const personalErased = defineEvent('core.audit.personal_erased', 'Addresses, browsers and reasons in the log were destroyed; the log still verifies.', {
  by: meta.oneOf(['person', 'age']), parts: meta.count(),
}, { urgent: true })
