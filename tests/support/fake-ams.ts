import type { Ams, AmsContact, AmsNote, AmsTrouble, HandedOver } from '../../worker/calls/ams/port.ts'
import { composeNote } from '../../worker/calls/note/compose-note.ts'
import type { HandOverParts } from '../../worker/calls/sync/hand-over.ts'
import { newId } from '../../worker/core/id.ts'

/** What comes of a hand-over, as the AMS and the way to it have it. `lost`: it was taken and the answer got lost; `nowhere`: it never arrived and nobody knows. */
export type Fate = 'taken' | 'lost' | 'nowhere' | AmsTrouble

/** An AMS in a test's own hands: it keeps every note, a second one of a call too, and does what it is told. */
export class FakeAms {
  readonly id = newId('ams', 0)
  readonly notes: AmsNote[] = []
  readonly asked: string[] = []
  contacts: readonly Pick<AmsContact, 'id' | 'name' | 'phones'>[] = []
  /** What comes of the next hand-overs, in their order; `taken` once there is none left. */
  fates: Fate[] = []
  down: AmsTrouble | null = null
  connected = true
  /** What happens while a note is on its way. */
  meanwhile: () => Promise<unknown> = async () => undefined
  readonly #finds: boolean

  constructor({ finds = true }: { finds?: boolean } = {}) {
    this.#finds = finds
  }

  /** What a hand-over is made with, for this AMS alone. */
  get parts(): HandOverParts {
    return { compose: composeNote, withAms: async (_ctx, _use, work) => (this.connected ? work(this.#ams(), { id: this.id }) : null) }
  }

  notesOf(callId: string): AmsNote[] {
    return this.notes.filter(({ reference }) => reference === callId)
  }

  #ams(): Ams {
    const trouble = () => this.down
    return {
      findByPhone: async (phone) => {
        this.asked.push(`phone ${phone}`)
        const down = trouble()
        if (down) return { ok: false, trouble: down }
        return { ok: true, value: this.contacts.filter(({ phones }) => phones.includes(phone)).map((contact) => ({ ...contact, household: null, kind: 'client', url: null })) }
      },
      details: async () => ({ ok: true, value: { policies: [], notes: [] } }),
      addNote: async (note) => {
        this.asked.push('note')
        const down = trouble()
        if (down) return { state: 'not_taken', trouble: down, again: true }
        return this.#meet(note, this.fates.shift() ?? 'taken')
      },
      ...(this.#finds && {
        findNote: async (reference: string) => {
          this.asked.push('find')
          const down = trouble()
          if (down) return { ok: false, trouble: down }
          return { ok: true, value: this.notes.some((note) => note.reference === reference) ? `note-${reference.slice(-6)}` : null }
        },
      }),
      test: async () => ({ ok: true, value: null }),
    }
  }

  async #meet(note: AmsNote, fate: Fate): Promise<HandedOver> {
    if (fate === 'taken' || fate === 'lost') this.notes.push(note)
    await this.meanwhile()
    switch (fate) {
      case 'taken':
        return { state: 'taken', noteId: `note-${note.reference.slice(-6)}` }
      case 'lost':
      case 'nowhere':
        return { state: 'unknown', trouble: 'timeout' }
      default:
        return { state: 'not_taken', trouble: fate, again: fate !== 'refused' && fate !== 'no_contact' }
    }
  }
}
