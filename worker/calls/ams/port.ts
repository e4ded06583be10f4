/** A client, or somebody else whom an agency management system knows. Held for the length of a call and never written down. */
export type AmsContact = {
  /** What the AMS calls the record. */
  readonly id: string
  readonly name: string
  /** The AMS's id of the household or account that several records share; null where it has none. */
  readonly household: string | null
  /** E.164, as many as could be read. */
  readonly phones: readonly string[]
  readonly kind: 'client' | 'prospect' | 'other'
  /** Where the AMS shows the record to its own users; https. */
  readonly url: string | null
}

export type AmsPolicy = { readonly number: string; readonly line: string; readonly carrier: string; readonly status: string; /** `2027-01-31`. */ readonly expires: string | null }
export type AmsPastNote = { readonly at: number; readonly text: string }

/** What a screen shows of a contact besides its name. */
export type AmsDetails = { readonly policies: readonly AmsPolicy[]; readonly notes: readonly AmsPastNote[] }

/** The one note that a call leaves behind. */
export type AmsNote = {
  /** The call's id, sent as the AMS's own reference: what was handed over can be looked up by it. */
  readonly reference: string
  /** Null where nobody was matched: an AMS that takes notes without a contact keeps it in its inbox, the others refuse it. */
  readonly contactId: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly at: number
  readonly subject: string
  readonly text: string
}

/**
 * Why nothing came of a question; a word of ours, for what an AMS says may hold anything. `cannot_look_up`: this kind of AMS
 * cannot be asked for a number, or holds more clients than can be asked while a telephone rings.
 */
export const amsTroubles = ['credentials_refused', 'refused_address', 'unreachable', 'timeout', 'busy', 'broken', 'no_contact', 'refused', 'cannot_look_up'] as const
export type AmsTrouble = (typeof amsTroubles)[number]

export type AmsAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: AmsTrouble; /** When the AMS asks to be tried again. */ readonly afterMs?: number }

/**
 * What came of handing a note over. `unknown`: the AMS may have it and did not say so; it is looked up, or shown as unknown, and
 * never sent again by itself.
 */
export type HandedOver =
  | { readonly state: 'taken'; readonly noteId: string }
  | { readonly state: 'not_taken'; readonly trouble: AmsTrouble; readonly again: boolean; readonly afterMs?: number }
  | { readonly state: 'unknown'; readonly trouble: AmsTrouble }

/** One agency management system with its credentials open. Made for one use by `withAms` and thrown away after it. */
export type Ams = {
  /** Everybody with this telephone number (E.164). Asked anew each time: nothing is cached (CAL-43). */
  readonly findByPhone: (phone: string) => Promise<AmsAnswer<readonly AmsContact[]>>
  readonly details: (contactId: string) => Promise<AmsAnswer<AmsDetails>>
  readonly addNote: (note: AmsNote) => Promise<HandedOver>
  /** The id of the note with this reference, null where there is none. Undefined for an AMS that cannot be asked. */
  readonly findNote?: (reference: string, contactId: string | null) => Promise<AmsAnswer<string | null>>
  /** One call that changes nothing and proves address and credentials. */
  readonly test: () => Promise<AmsAnswer<null>>
}
