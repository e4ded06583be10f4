import type { EntryFilter } from '../../../durable-objects/audit-words.ts'
import { filterNames, type AuditFilter } from './contract.ts'

const DAY_MS = 86_400_000

/** The filter as the chain understands it: days become moments, both days included. */
export function chainFilter({ actor, event, subject, from, to, q }: AuditFilter): EntryFilter {
  return {
    ...(actor ? { actor } : {}),
    // `core.member.` and `core.member.*` mean what `core.member` means.
    ...(event ? { name: event.replace(/\.\*?$/, '') } : {}),
    ...(subject ? { subject } : {}),
    ...(from ? { from: Date.parse(`${from}T00:00:00Z`) } : {}),
    ...(to ? { to: Date.parse(`${to}T00:00:00Z`) + DAY_MS - 1 } : {}),
    ...(q ? { text: q } : {}),
  }
}

/** The filter as a query, in one order: an address, and what a step-up ticket is bound to. */
export const filterQuery = (filter: AuditFilter): string => new URLSearchParams(filterNames.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []))).toString()

/** The last word of events that tell of a reading rather than of a change; a test holds the declarations to it. */
const readings = new Set(['opened', 'revealed', 'exported', 'downloaded', 'entry_opened', 'url_issued', 'searched'])

/** Whether an event tells of the reading of something sensitive. */
export const isReading = (event: string): boolean => readings.has(event.slice(event.lastIndexOf('.') + 1))
