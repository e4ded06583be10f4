import { TypeID } from 'typeid-js'
import { ask, handOver, type Way } from '../ask.ts'
import type { Ams, AmsAnswer, AmsContact, AmsDetails } from '../port.ts'
import { dayOf, lineOf, listOf, phonesOf, recordIdOf } from '../untrusted.ts'
import { contactKindOf } from './rest.ts'

/** Clients that one question may name (partner.hawksoft.app/v3/api.html, Get Client List). */
const AT_ONCE = 200
/** Clients that are looked through while a telephone rings: eleven questions. */
export const MOST_CLIENTS = 2000
/** Questions under way at once; the platform allows six. */
const ABREAST = 5

/** LogAction of `v3/api.html`: a telephone call to the insured, and one from it. */
const channels = { outbound: 1, inbound: 5 } as const

type Agency = { readonly address: string; readonly agencyId: string; readonly officeId: string | null }

/**
 * HawkSoft's partner API, version 3.0 (partner.hawksoft.app/v3/api.html and v3/model.html): Basic credentials of the partner,
 * an agency that let it in. It has no search by telephone number and no reading of log notes. A number is looked for by going
 * through the clients anew each time, as long as they are few enough for that; we keep no list of them. A note of unknown outcome
 * cannot be looked up.
 */
export function hawksoftAms(way: Way, agency: Agency): Ams {
  const at = (path: string, query: Readonly<Record<string, string>> = {}) => `${agency.address.replace(/\/$/, '')}/vendor${path}?${new URLSearchParams({ version: '3.0', ...query })}`
  const clients = `/agency/${agency.agencyId}/clients`
  const client = (id: string) => `/agency/${agency.agencyId}/client/${id}`
  return {
    findByPhone: async (phone) => {
      const known = await ask(way, { method: 'GET', url: at(clients, agency.officeId === null ? {} : { officeId: agency.officeId }) })
      if (!known.ok) return known
      const numbers = Array.isArray(known.value) ? known.value.map(clientNumberOf) : [null]
      if (numbers.includes(null)) return { ok: false, trouble: 'broken' }
      if (numbers.length > MOST_CLIENTS) return { ok: false, trouble: 'cannot_look_up' }
      const lots = Array.from({ length: Math.ceil(numbers.length / AT_ONCE) }, (_, lot) => numbers.slice(lot * AT_ONCE, (lot + 1) * AT_ONCE))
      const found: AmsContact[] = []
      for (let lot = 0; lot < lots.length; lot += ABREAST) {
        const answers = await Promise.all(lots.slice(lot, lot + ABREAST).map((clientNumbers) => ask(way, { method: 'POST', url: at(clients, { include: 'details,people,contacts' }), body: { clientNumbers } })))
        for (const answer of answers) {
          if (!answer.ok) return answer
          const list = listOf(answer.value, AT_ONCE)
          if (!list) return { ok: false, trouble: 'broken' }
          found.push(...list.flatMap((each) => contactOf(each, phone) ?? []))
        }
      }
      return { ok: true, value: found.slice(0, 50) }
    },
    details: async (contactId) => {
      if (!isClient(contactId)) return { ok: false, trouble: 'no_contact' }
      const answer = await ask(way, { method: 'GET', url: at(client(contactId), { include: 'policies' }) })
      return answer.ok ? detailsOf(answer.value) : answer
    },
    addNote: async ({ reference, contactId, direction, at: when, subject, text }) => {
      if (contactId === null || !isClient(contactId)) return { state: 'not_taken', trouble: 'no_contact', again: false }
      const refId = TypeID.fromString(reference).toUUID()
      // 200: written. 202: kept by HawkSoft until the agency's own machine is there, which is HawkSoft's to do.
      return handOver(way, { method: 'POST', url: at(`${client(contactId)}/log`), body: { refId, ts: new Date(when).toISOString(), channel: channels[direction], note: `${subject}\n\n${text}` } }, () => refId)
    },
    test: async () => {
      const answer = await ask(way, { method: 'GET', url: at('/agencies') })
      if (!answer.ok) return answer
      if (!Array.isArray(answer.value)) return { ok: false, trouble: 'broken' }
      // The partner is let in and this agency has not let the partner in.
      return answer.value.some((id) => recordIdOf(id) === agency.agencyId) ? { ok: true, value: null } : { ok: false, trouble: 'credentials_refused' }
    },
  }
}

/** Clients are known by numbers. */
const isClient = (id: string): boolean => /^\d{1,10}$/.test(id)

const clientNumberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null)

/** The documents write the names of members large, their examples small: both are read. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const own = (key: string): unknown => (Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined) // `as`: an object that has that member
  return own(name) ?? own(name.charAt(0).toUpperCase() + name.slice(1))
}

/** A client who has the number. Its name is the company's, or that of the person whose number it is. */
function contactOf(client: unknown, phone: string): AmsContact | null {
  const id = recordIdOf(member(client, 'clientNumber'))
  const contacts = listOf(member(client, 'contacts'), 100) ?? []
  const telephones = contacts.filter((each) => !/fax|e-?mail|web/i.test(lineOf(member(each, 'type'), 40) ?? ''))
  const theirs = telephones.find((each) => phonesOf([member(each, 'data')], 1)[0] === phone)
  if (id === null || theirs === undefined) return null
  const details = member(client, 'details')
  const people = listOf(member(client, 'people'), 50) ?? []
  const personId = member(theirs, 'personId')
  const person = people.find((each) => personId !== undefined && member(each, 'id') === personId) ?? people[0]
  const named = [member(person, 'firstName'), member(person, 'lastName')].flatMap((part) => lineOf(part, 100) ?? []).join(' ')
  const company = lineOf(member(details, 'companyName'), 100)
  return {
    id,
    name: (company ?? named) || 'No name',
    household: null,
    phones: phonesOf(telephones.map((each) => member(each, 'data')), 20),
    kind: contactKindOf(member(details, 'clientType')),
    url: null,
  }
}

function detailsOf(client: unknown): AmsAnswer<AmsDetails> {
  const list = listOf(member(client, 'policies'), 50)
  if (!list) return { ok: false, trouble: 'broken' }
  const policies = list.flatMap((policy) => {
    const number = lineOf(member(policy, 'policyNumber'), 60)
    if (number === null) return []
    return [{ number, line: lineOf(member(policy, 'title'), 80) ?? lineOf(member(policy, 'type'), 80) ?? '', carrier: lineOf(member(policy, 'carrier'), 80) ?? '', status: lineOf(member(policy, 'status'), 40) ?? '', expires: dayOf(member(policy, 'expirationDate')) }]
  })
  return { ok: true, value: { policies, notes: [] } }
}
