import type { AmsContact } from '../ams/port.ts'

/** Whom a number means. `ranked`: the likeliest first, whoever shares a household side by side. */
export type Decision =
  | { readonly state: 'none' }
  | { readonly state: 'one'; readonly contact: AmsContact; readonly why: 'only' | 'remembered' | 'household' }
  | { readonly state: 'several'; readonly ranked: readonly AmsContact[] }

/** A client is meant before a prospect, a prospect before whoever else stands in the AMS. */
const points: Readonly<Record<AmsContact['kind'], number>> = { client: 4, prospect: 2, other: 0 }

/** By how much one of a household must be ahead to be taken without asking: by what it is, never by the order of its numbers. */
const AHEAD = 2

/**
 * Whom a number means of everybody in the AMS who has it. What the handler chose lately stands above everything; then a
 * single one; then, in one household, whoever is plainly the policy holder. Everything else is asked: a note under the wrong
 * name is worse than a tap.
 */
export function decideMatch(found: readonly AmsContact[], phone: string, isRemembered: (contact: AmsContact) => boolean): Decision {
  const contacts = [...new Map(found.map((contact) => [contact.id, contact])).values()]
  const remembered = contacts.find(isRemembered)
  if (remembered) return { state: 'one', contact: remembered, why: 'remembered' }
  const [first, second] = ranked(contacts, phone)
  if (!first) return { state: 'none' }
  if (!second) return { state: 'one', contact: first, why: 'only' }
  const household = first.household
  const atHome = household !== null && contacts.every((contact) => contact.household === household)
  if (atHome && score(first, phone) - score(second, phone) >= AHEAD) return { state: 'one', contact: first, why: 'household' }
  return { state: 'several', ranked: ranked(contacts, phone) }
}

/** How likely it is that a number means this contact: what it is to the agency, and whether it is the first number it gave. */
export const score = (contact: AmsContact, phone: string): number => points[contact.kind] + (contact.phones[0] === phone ? 1 : 0)

/** Households by their likeliest member, and within each the likeliest first; the rest by name, so that the order is the same each time. */
function ranked(contacts: readonly AmsContact[], phone: string): AmsContact[] {
  const best = new Map<string, number>()
  for (const contact of contacts) best.set(homeOf(contact), Math.max(best.get(homeOf(contact)) ?? 0, score(contact, phone)))
  return contacts.toSorted(
    (one, other) =>
      (best.get(homeOf(other)) ?? 0) - (best.get(homeOf(one)) ?? 0) || compare(homeOf(one), homeOf(other)) || score(other, phone) - score(one, phone) || compare(one.name, other.name) || compare(one.id, other.id),
  )
}

const homeOf = ({ household, id }: AmsContact): string => (household === null ? `alone ${id}` : `home ${household}`)
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
