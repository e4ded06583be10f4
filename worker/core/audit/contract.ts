import { z } from 'zod'

/** What may be typed into the log's filters: ids and names, nothing that could be a person's address or number. */
const name = z.string().trim().regex(/^[a-z][a-z0-9_.]{0,99}$/, 'An event name or its beginning, such as core.member.')
const id = z.string().trim().regex(/^[a-z][A-Za-z0-9_:.-]{1,79}$/, 'An id, such as mem_01j2….')
/** A calendar day in UTC, as a date field sends it. */
const day = z.iso.date('A day, as 2026-11-22.')

/** The filters of the log as they stand in the page's address. Empty ones are as good as none. */
export const AuditFilter = z.object({
  actor: id.optional(),
  event: name.optional(),
  subject: id.optional(),
  from: day.optional(),
  to: day.optional(),
  /** `reads`: only where something sensitive was read. */
  kind: z.enum(['reads']).optional(),
  q: z.string().trim().min(2, 'At least two characters.').max(80, 'At most 80 characters.').optional(),
})
export type AuditFilter = z.output<typeof AuditFilter>

/** The filters' names, in the order of the page. */
export const filterNames = ['event', 'actor', 'subject', 'kind', 'from', 'to', 'q'] as const satisfies readonly (keyof AuditFilter)[]

/** The filter as a query, in one order: an address, and what a step-up ticket is bound to. */
export const filterQuery = (filter: AuditFilter): string => new URLSearchParams(filterNames.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []))).toString()

export const exportForms = ['csv', 'ndjson'] as const
export type ExportForm = (typeof exportForms)[number]

/** Entries on a page. */
export const PER_PAGE = 50

/** One entry as it is listed. `actor.name` is null for whoever is no member here (any more). */
export const AuditEntryView = z.object({
  n: z.number(),
  id: z.string(),
  at: z.number(),
  sealedAt: z.number(),
  event: z.string(),
  subject: z.string(),
  actor: z.object({ kind: z.string(), id: z.string(), role: z.string().nullable(), name: z.string().nullable() }),
  meta: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Hash of the entry: its leaf in the tree and the link that the next entry names. */
  hash: z.string(),
  prev: z.string(),
  source: z.string(),
  /** Whether a sealed part (address, browser, reason) belongs to it. */
  personal: z.boolean(),
})
export type AuditEntryView = z.output<typeof AuditEntryView>
