import { z } from 'zod'
import { CallEvent, DAY_S } from './call-event.ts'
import { withoutCards } from './without-cards.ts'

/** How a dialler's fields are read: each takes whatever JSON holds and answers null for what is not what it should be. */

/** An id, whether it came as text or as a number. */
export const idOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : Number.isSafeInteger(value) ? String(value) : null)

/** Text of at most `max` characters and well-formed: half a surrogate pair could not be sealed. Null where there is none. */
export const textOf = (value: unknown, max: number): string | null => {
  if (typeof value !== 'string' || value === '') return null
  return value.slice(0, max).toWellFormed()
}

/** A moment in epoch milliseconds: a number of them, the same in digits, or ISO 8601. */
export function momentOf(value: unknown): number | null {
  const at = typeof value === 'string' ? (/^\d{13}$/.test(value) ? Number(value) : Date.parse(value)) : typeof value === 'number' ? Math.round(value) : Number.NaN
  return Number.isSafeInteger(at) && at >= 0 ? at : null
}

/** Whole seconds of a length given in `unit`s of milliseconds, as a number or in digits; none is longer than a day. */
export function secondsOf(value: unknown, unit: 1 | 1000): number | null {
  const length = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  const seconds = typeof length === 'number' && length >= 0 ? Math.round((length * unit) / 1000) : Number.NaN
  return seconds <= DAY_S ? seconds : null
}

/** An object's fields, or none where it is not an object: what comes out of it is looked at one by one. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => Fields.safeParse(value).data ?? {}
const Fields = z.record(z.string(), z.unknown())

/** The list, or nothing. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What nobody said. */
export const unsaid = { handler: null, phone: null, durationS: null, transcript: null, text: null } as const

/** An event with every field nullable, before it is known to be one. */
type Draft = { readonly [field in keyof CallEvent]: CallEvent[field] | null }

/** Those drafts that are events: one without a session, a direction or a time is none, and is left out. No card's number goes on from here. */
export const eventsOf = (drafts: readonly Draft[]): readonly CallEvent[] => drafts.flatMap((draft) => CallEvent.safeParse({ ...draft, transcript: draft.transcript && withoutCards(draft.transcript), text: draft.text && withoutCards(draft.text) }).data ?? [])

/** A direction in any capitals. */
export function directionOf(value: unknown): CallEvent['direction'] | null {
  const said = typeof value === 'string' ? value.toLowerCase() : ''
  return said === 'inbound' || said === 'outbound' ? said : null
}
