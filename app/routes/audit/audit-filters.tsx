import { filterNames, type AuditFilter } from '../../../worker/core/audit/contract.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { auditHref, shortId, type AuditPlace } from './audit-links.ts'

type Actor = { readonly id: string; readonly name: string }

export type AuditFiltersProps = {
  actors: readonly Actor[]
  /** Names of the events there are, offered while one is typed. */
  events: readonly string[]
  typed: Record<string, string>
  errors: Record<string, string | undefined>
  place: AuditPlace
  summary: string
}

/** Filters of the log. All of them stand in the address: a view can be sent to a colleague. */
export function AuditFilters({ actors, events, typed, errors, place, summary }: AuditFiltersProps) {
  const chosen = typed['actor']
  const choices = actors.map(({ id, name }) => ({ value: id, label: name || shortId(id) }))
  // Somebody who left is still an actor: an id in the address stays choosable.
  const all = chosen && !actors.some(({ id }) => id === chosen) ? [...choices, { value: chosen, label: shortId(chosen) }] : choices
  const field = (name: keyof AuditFilter) => ({ name, defaultValue: typed[name], error: errors[name], size: 'sm', labelHidden: true }) as const
  const active = filterNames
    .filter((name) => place.filter[name])
    .map((name) => ({ label: labelOf(name, place.filter[name] ?? '', actors), without: auditHref({ ...place, before: null, filter: { ...place.filter, [name]: undefined } }) }))
  return (
    <FilterBar label="Filter the log" action="/audit" keep={{ live: place.live ? '1' : undefined, subject: place.filter.subject, kind: place.filter.kind }} active={active} summary={summary} key={auditHref(place)}>
      <TextField {...field('q')} type="search" label="Search ids and values" placeholder="Part of an id" />
      <TextField {...field('event')} label="Event or its beginning" placeholder="Event, e.g. core.member" list="audit-events" spellCheck={false} autoCapitalize="none" />
      <datalist id="audit-events">
        {events.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SelectField {...field('actor')} label="Who" none="Anyone" choices={all} />
      <TextField {...field('from')} type="date" label="From this day (UTC)" prefix="From" />
      <TextField {...field('to')} type="date" label="To this day (UTC)" prefix="To" />
    </FilterBar>
  )
}

/** The filters in words, also for the export that carries them. */
export const filterWords = { event: 'Event', actor: 'Who', subject: 'Subject', kind: 'Only', from: 'From', to: 'To', q: 'Contains' } as const

function labelOf(name: keyof AuditFilter, value: string, actors: readonly Actor[]): string {
  const said = name === 'kind' ? 'sensitive reads' : name === 'actor' ? (actors.find(({ id }) => id === value)?.name ?? shortId(value)) : name === 'subject' ? shortId(value) : value
  return `${filterWords[name]}: ${said}`
}
