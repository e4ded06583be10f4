import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { ask, handOver, type Way } from '../ask.ts'
import type { RestMapping } from '../contract.ts'
import { jsonOf, pointerOf, valueAt } from '../json-pointer.ts'
import type { Ams, AmsAnswer, AmsContact, AmsDetails, AmsNote } from '../port.ts'
import { dayOf, lineOf, linkOf, listOf, momentOf, phonesOf, recordIdOf, textOf } from '../untrusted.ts'

/** Of one answer: more contacts than a screen could offer, policies and notes than one could read. */
const MOST = { contacts: 50, policies: 50, notes: 20, phones: 20 } as const

/** An AMS with a REST API, asked as its mapping says. */
export function restAms(way: Way, { address, mapping }: { address: string; mapping: RestMapping }): Ams {
  const { contacts, details, note, find, test } = mapping
  return {
    findByPhone: async (phone) => {
      const url = urlOf(address, contacts.path, { phone: written(phone, mapping.phoneAs) })
      const answer = await askAt(way, url)
      // Some answer “nobody has it” with 404.
      if (!answer.ok && answer.trouble === 'no_contact') return { ok: true, value: [] }
      return understood(answer, (body) => contactsOf(body, contacts, phone))
    },
    details: async (contactId) => {
      if (!details) return { ok: true, value: { policies: [], notes: [] } }
      return understood(await askAt(way, urlOf(address, details.path, { id: contactId })), (body) => detailsOf(body, details))
    },
    addNote: async (written) => {
      if (written.contactId === null && (note.path.includes('{id}') || !note.inbox)) return { state: 'not_taken', trouble: 'no_contact', again: false }
      const url = urlOf(address, note.path, { id: written.contactId ?? '' })
      const body = bodyOf(written, note.put)
      if (url === null || body === undefined) return { state: 'not_taken', trouble: 'refused_address', again: false }
      const noteId = (answer: unknown) => (note.id === undefined ? null : recordIdOf(valueAt(answer, pointerOf(note.id)))) ?? written.reference
      return handOver(way, { method: 'POST', url, body }, noteId)
    },
    ...(find && {
      findNote: async (reference: string, contactId: string | null) => {
        if (contactId === null && find.path.includes('{id}')) return { ok: false, trouble: 'no_contact' } as const
        return understood(await askAt(way, urlOf(address, find.path, { reference, id: contactId ?? '' })), (body) => noteIdOf(body, find, reference))
      },
    }),
    test: async () => {
      const answer = await askAt(way, urlOf(address, test.path, {}))
      return answer.ok ? { ok: true, value: null } : answer
    },
  }
}

async function askAt(way: Way, url: string | null): Promise<AmsAnswer<unknown>> {
  return url === null ? { ok: false, trouble: 'refused_address' } : ask(way, { method: 'GET', url })
}

/** What was made of an answer; `broken` where it had not the shape that the mapping says. */
function understood<T>(answer: AmsAnswer<unknown>, read: (body: unknown) => T | undefined): AmsAnswer<T> {
  if (!answer.ok) return answer
  const value = read(answer.value)
  return value === undefined ? { ok: false, trouble: 'broken' } : { ok: true, value }
}

/** An address below the one that was given, each value encoded; null where it would be another one once it is read as an address. Pure. */
export function urlOf(address: string, path: string, values: Readonly<Record<string, string>>): string | null {
  const base = new URL(address).href.replace(/\/$/, '')
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const text = `${base}${filled}`
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.href.replaceAll('%27', "'") === text.replaceAll('%27', "'") && url.href.startsWith(`${base}/`) ? url.href : null
}

/** A number as the AMS searches for it. */
function written(phone: string, as: RestMapping['phoneAs']): string {
  if (as === 'e164') return phone
  const number = parsePhoneNumberFromString(phone)
  return as === 'national' && number ? number.nationalNumber : phone.replace('+', '')
}

/** Who has the number. One whose numbers could be read and are all others is left out: not every search is exact. */
function contactsOf(body: unknown, at: RestMapping['contacts'], phone: string): AmsContact[] | undefined {
  const list = listOf(valueAt(body, pointerOf(at.list)), MOST.contacts)
  const read = (record: unknown, pointer: string | undefined) => (pointer === undefined ? undefined : valueAt(record, pointerOf(pointer)))
  const contacts = list?.map((record): AmsContact | null => {
    const id = recordIdOf(read(record, at.id))
    if (id === null) return null
    const name = at.name.flatMap((pointer) => lineOf(read(record, pointer), 100) ?? []).join(' ')
    return {
      id,
      name: name === '' ? 'No name' : name,
      household: recordIdOf(read(record, at.household)),
      phones: phonesOf(at.phones.map((pointer) => read(record, pointer)), MOST.phones),
      kind: contactKindOf(read(record, at.kind)),
      url: linkOf(read(record, at.url)),
    }
  })
  // A record without an id could neither be chosen nor get a note: the mapping is wrong, or the answer is.
  if (!contacts || contacts.includes(null)) return undefined
  return contacts.flatMap((contact) => (contact && (contact.phones.length === 0 || contact.phones.includes(phone)) ? [contact] : []))
}

/** What an AMS calls somebody: a client, one who may become one, or neither. */
export function contactKindOf(said: unknown): AmsContact['kind'] {
  const word = typeof said === 'string' ? said.toLowerCase() : ''
  if (/prospect|lead/.test(word)) return 'prospect'
  return word === '' || /client|customer|insured|active/.test(word) ? 'client' : 'other'
}

function detailsOf(body: unknown, { policies, notes }: NonNullable<RestMapping['details']>): AmsDetails | undefined {
  const read = (record: unknown, pointer: string | undefined) => (pointer === undefined ? undefined : valueAt(record, pointerOf(pointer)))
  const policyList = policies ? listOf(valueAt(body, pointerOf(policies.list)), MOST.policies) : []
  const noteList = notes ? listOf(valueAt(body, pointerOf(notes.list)), MOST.notes) : []
  if (policyList === null || noteList === null) return undefined
  return {
    policies: policyList.flatMap((record) => {
      const number = lineOf(read(record, policies?.number), 60)
      if (number === null) return []
      return [{ number, line: lineOf(read(record, policies?.line), 80) ?? '', carrier: lineOf(read(record, policies?.carrier), 80) ?? '', status: lineOf(read(record, policies?.status), 40) ?? '', expires: dayOf(read(record, policies?.expires)) }]
    }),
    notes: noteList.flatMap((record) => {
      const [at, text] = [momentOf(read(record, notes?.at)), textOf(read(record, notes?.text), 2000)]
      return at === null || text === null ? [] : [{ at, text }]
    }),
  }
}

/** The id of the note that names this very reference. */
function noteIdOf(body: unknown, find: NonNullable<RestMapping['find']>, reference: string): string | null | undefined {
  const list = listOf(valueAt(body, pointerOf(find.list)), 100)
  const found = list?.find((record) => valueAt(record, pointerOf(find.reference)) === reference)
  return list === null ? undefined : found === undefined ? null : (recordIdOf(valueAt(found, pointerOf(find.id))) ?? reference)
}

function bodyOf(note: AmsNote, put: RestMapping['note']['put']): unknown {
  const parts: readonly (readonly [string | undefined, string | null])[] = [
    [put.reference, note.reference], [put.text, note.text], [put.contact, note.contactId], [put.subject, note.subject], [put.direction, note.direction], [put.at, new Date(note.at).toISOString()],
  ]
  return jsonOf(parts.flatMap(([pointer, value]) => (pointer === undefined || value === null ? [] : [[pointerOf(pointer), value] as const])))
}
