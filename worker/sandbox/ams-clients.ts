/** Invented clients of the stand-in AMS; numbers of the form 555-01xx belong to nobody. */

export type AmsClient = {
  readonly number: number
  readonly first: string
  readonly last: string
  readonly company?: string
  readonly household: string | null
  readonly kind: 'Customer' | 'Prospect'
  /** As its staff typed them. */
  readonly phones: readonly string[]
  readonly policies: readonly { readonly number: string; readonly line: string; readonly carrier: string; readonly status: string; readonly expires: string }[]
  readonly notes: readonly { readonly at: string; readonly text: string }[]
}

const auto = (number: string, expires: string, carrier = 'Summit Mutual') => ({ number, line: 'Personal auto', carrier, status: 'Active', expires })
const home = (number: string, expires: string, carrier = 'Evergreen Property') => ({ number, line: 'Homeowners', carrier, status: 'Active', expires })

/** One number is one client's, one is shared by a household, one by two households; the rest of the world is nobody here. */
export const amsClients: readonly AmsClient[] = [
  {
    number: 1001, first: 'Grace', last: 'Whitfield', household: 'H-310', kind: 'Customer', phones: ['(415) 555-0132', '415-555-0133'],
    policies: [auto('SM-204417', '2027-03-01'), home('EP-88120', '2027-05-15')],
    notes: [{ at: '2026-10-02T16:20:00Z', text: 'Asked for the declarations page; sent it by mail.' }, { at: '2026-08-14T09:05:00Z', text: 'Added her son to the auto policy.' }],
  },
  { number: 1002, first: 'Owen', last: 'Whitfield', household: 'H-310', kind: 'Customer', phones: ['415.555.0134'], policies: [auto('SM-204418', '2027-03-01')], notes: [] },
  {
    number: 1003, first: 'Lena', last: 'Castellano', household: 'H-322', kind: 'Customer', phones: ['+1 503 555 0177'],
    policies: [home('EP-71903', '2027-01-31')], notes: [{ at: '2026-09-20T18:40:00Z', text: 'Roof claim closed.' }],
  },
  { number: 1004, first: 'Marco', last: 'Castellano', household: 'H-322', kind: 'Customer', phones: ['503-555-0177', '503 555 0178'], policies: [auto('SM-311090', '2026-12-20'), auto('SM-311091', '2026-12-20')], notes: [] },
  { number: 1005, first: 'Ines', last: 'Duarte', household: 'H-341', kind: 'Customer', phones: ['206-555-0150'], policies: [auto('SM-420088', '2027-02-10')], notes: [] },
  { number: 1006, first: 'Paul', last: 'Ferris', household: 'H-352', kind: 'Prospect', phones: ['206-555-0150'], policies: [], notes: [{ at: '2026-11-01T10:00:00Z', text: 'Wants a quote for renters.' }] },
  { number: 1008, first: 'Perdita', last: 'Dunmorrow', household: null, kind: 'Customer', phones: ['775-555-0167'], policies: [auto('QX-DUN-90771', '2027-04-04')], notes: [{ at: '2026-11-03T11:30:00Z', text: 'Her barge is moored at Quillwater.' }] },
  { number: 1007, first: 'Ada', last: 'Kessler', company: 'Kessler Boat Works LLC', household: null, kind: 'Customer', phones: ['360-555-0145'], policies: [{ number: 'BM-55-2210', line: 'Commercial package', carrier: 'Beacon Mutual', status: 'Active', expires: '2027-07-01' }], notes: [] },
]
