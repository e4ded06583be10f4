import type { EntryFilter } from '../../../durable-objects/audit-words.ts'
import type { AuditFilter } from './contract.ts'

const DAY_MS = 86_400_000

/** The filter as the chain understands it: days become moments, both days included. */
export function chainFilter({ actor, event, subject, kind, from, to, q }: AuditFilter): EntryFilter {
  return {
    ...(actor ? { actor } : {}),
    // `core.member.` and `core.member.*` mean what `core.member` means.
    ...(event ? { name: event.replace(/\.\*?$/, '') } : {}),
    ...(subject ? { subject } : {}),
    ...(kind ? { endings: [...readings].map((word) => `.${word}`) } : {}),
    ...(from ? { from: Date.parse(`${from}T00:00:00Z`) } : {}),
    ...(to ? { to: Date.parse(`${to}T00:00:00Z`) + DAY_MS - 1 } : {}),
    ...(q ? { text: q } : {}),
  }
}

/** The last word of events that tell of a reading rather than of a change; a test holds the declarations to it. */
const readings = new Set(['read', 'revealed', 'exported', 'downloaded', 'entry_opened', 'url_issued', 'link_refused', 'searched'])

/** Whether an event tells of the reading of something sensitive. */
export const isReading = (event: string): boolean => readings.has(event.slice(event.lastIndexOf('.') + 1))
