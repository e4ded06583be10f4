import type { EntryRow } from '../../../durable-objects/audit-words.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import type { AuditEntryView } from './contract.ts'

/** An entry as it is shown: field by field, with the name of its actor where the tenant knows it. */
export function auditEntryView(row: EntryRow, names: ReadonlyMap<string, string>): AuditEntryView {
  const entry = JSON.parse(row.line) as ChainEntry // `as`: the line was made of one
  return {
    n: row.n,
    id: row.id,
    at: row.at,
    sealedAt: row.sealedAt,
    event: row.name,
    subject: row.subject,
    actor: { kind: entry.actor.kind, id: entry.actor.id, role: entry.actor.role, name: names.get(entry.actor.id) ?? null },
    meta: { ...entry.meta },
    hash: row.hash,
    prev: entry.prev,
    source: row.source,
    personal: entry.personal !== null,
  }
}
