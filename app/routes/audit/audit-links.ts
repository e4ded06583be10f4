import { filterNames, filterQuery, type AuditFilter, type ExportForm } from '../../../worker/core/audit/contract.ts'

/** What stands in the address of the log besides its filters. */
export type AuditPlace = { readonly filter: AuditFilter; readonly live: boolean; readonly before: number | null }

/** The address of the log at a place; an entry opens beside it under the same filters. */
export function auditHref({ filter, live, before }: AuditPlace, entry?: number): string {
  const query = [filterQuery(filter), live ? 'live=1' : '', before === null ? '' : `before=${before}`].filter(Boolean).join('&')
  return `/audit${entry === undefined ? '' : `/${entry}`}${query ? `?${query}` : ''}`
}

/** The page that asks once more before the log leaves. */
export const exportHref = (filter: AuditFilter, form: ExportForm): string => `/audit/export?form=${form}${filterQuery(filter) ? `&${filterQuery(filter)}` : ''}`

/** What was typed into the filters, empty fields left out. */
export const typedFilters = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries(filterNames.flatMap((name) => ((search.get(name) ?? '').trim() === '' ? [] : [[name, search.get(name) ?? '']])))

/** `mem_01j2…xsb1`: enough to tell ids apart in a list, and to find one again. */
export const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)

/** 218,904: the same on the server and in every browser. */
export const figure = (count: number): string => new Intl.NumberFormat('en-US').format(count)
