import type { Appointment, Licence } from '../contracting/passport/contract.ts'
import { backgroundQuestions, type BackgroundQuestion } from '../contracting/passport/contract.ts'
import { dayOf } from '../contracting/passport/gaps.ts'
import type { PassportChange } from '../contracting/passport/steps/contract.ts'
import type { DemoTenant, Person } from './cast.ts'

/** Three invented producers. Their numbers were never given to anybody: an SSN that was printed in an advertisement, routing numbers that every textbook shows. */

const maria: Person = { name: 'Maria Alvarez', email: 'maria@alvarez.example' }
const jonah: Person = { name: 'Jonah Reyes', email: 'jonah@reyes.example' }
const tessa: Person = { name: 'Tessa Lindqvist', email: 'tessa@lindqvist.example' }

/** What a producer filled in `daysAgo`; `submits` where it was submitted then. */
export type DemoPassport = { readonly daysAgo: number; readonly change: (day: (fromToday: number) => string) => PassportChange; readonly licences?: (day: (fromToday: number) => string) => readonly Licence[]; readonly appointments?: readonly Appointment[]; /** What the voided cheque says, where one is named. */ readonly cheque?: readonly string[]; readonly submits?: boolean }

export type DemoProducer = DemoTenant & { readonly passport: readonly DemoPassport[] }

const answered = (yes: Partial<Record<BackgroundQuestion, string>> = {}) =>
  (Object.keys(backgroundQuestions) as BackgroundQuestion[]).map((question) => ({ question, answer: yes[question] !== undefined, explanation: yes[question] ?? null, documents: [] })) // `as`: the keys of a const object

const house = { kind: 'producer', joined: [], offers: [], policy: {}, files: [] } as const

export const producers: readonly DemoProducer[] = [
  {
    ...house, name: 'Maria Alvarez', preset: 'contractiq', owner: maria,
    passport: [
      {
        daysAgo: 10,
        change: (day) => ({
          identity: { kind: 'individual', name: { first: 'Maria', middle: 'Elena', last: 'Alvarez', suffix: null }, businessName: null, email: maria.email, phone: '503-555-0142', bornOn: '1984-02-29', npn: '17746203' },
          tax: { ssn: '219099999', forget: [] },
          addresses: { residential: { line1: '14 Alder Street', line2: null, city: 'Portland', state: 'OR', zip: '97205' }, mailing: { line1: 'PO Box 88', line2: null, city: 'Portland', state: 'OR', zip: '97207' }, business: null },
          bank: { routing: '021000021', account: '5566778891', accountType: 'checking', voidedCheque: null },
          cover: { coverCarrier: 'Lantern Casualty', coverPolicyNumber: 'LC-44-1029', coverExpiresOn: day(58) },
          training: { amlOn: day(-300), ceDueOn: day(140) },
          employment: [{ employer: 'Self-employed', title: 'Producer', from: '2019-04-01', to: null }, { employer: 'Cedar Benefits', title: 'Account manager', from: '2014-09-01', to: '2019-03-31' }],
          background: answered(),
        }),
        licences: (day) => [
          { state: 'OR', number: '17746203-OR', lines: ['life', 'health'], issuedOn: '2019-04-01', expiresOn: day(13), resident: true, status: 'active' },
          { state: 'WA', number: 'WAOIC-881204', lines: ['life', 'health'], issuedOn: '2020-06-15', expiresOn: day(210), resident: false, status: 'active' },
          { state: 'ID', number: 'ID-559031', lines: ['life'], issuedOn: '2021-02-01', expiresOn: day(-40), resident: false, status: 'inactive' },
        ],
        cheque: ['VOID', 'Maria E. Alvarez', 'Harbor Street Bank, Portland', 'This file is part of the demo and describes nobody.'],
        appointments: [{ carrier: 'Evergreen Life', state: 'OR', writingNumber: 'EG-20714', appointedOn: '2021-03-01', status: 'active' }],
        submits: true,
      },
      { daysAgo: 3, change: () => ({ addresses: { residential: { line1: '220 Thurman Street', line2: 'Apt 4', city: 'Portland', state: 'OR', zip: '97210' }, mailing: { line1: 'PO Box 88', line2: null, city: 'Portland', state: 'OR', zip: '97207' }, business: null } }), submits: true },
    ],
  },
  {
    ...house, name: 'Jonah Reyes', preset: 'contractiq', owner: jonah,
    passport: [
      {
        daysAgo: 4,
        change: (day) => ({
          identity: { kind: 'individual', name: { first: 'Jonah', middle: null, last: 'Reyes', suffix: 'Jr.' }, businessName: null, email: jonah.email, phone: '208-555-0177', bornOn: '1991-07-12', npn: '20188431' },
          addresses: { residential: { line1: '9 Quail Run', line2: null, city: 'Boise', state: 'ID', zip: '83702' }, mailing: null, business: null },
          training: { amlOn: null, ceDueOn: day(27) },
        }),
        licences: (day) => [{ state: 'ID', number: 'ID-770412', lines: ['life', 'health'], issuedOn: '2023-01-09', expiresOn: day(88), resident: true, status: 'active' }],
      },
    ],
  },
  {
    ...house, name: 'Lindqvist Benefits LLC', preset: 'spartan', owner: tessa,
    passport: [
      {
        daysAgo: 8,
        change: (day) => ({
          identity: { kind: 'business', name: { first: 'Tessa', middle: null, last: 'Lindqvist', suffix: null }, businessName: 'Lindqvist Benefits LLC', email: tessa.email, phone: '360-555-0119', bornOn: null, npn: '19004127' },
          tax: { ein: '91-5550142', forget: [] },
          addresses: { residential: null, mailing: null, business: { line1: '41 Harbor Way', line2: 'Suite 2', city: 'Bellingham', state: 'WA', zip: '98225' } },
          bank: { routing: '011000015', account: '40071123450', accountType: 'checking', voidedCheque: null },
          cover: { coverCarrier: 'Beacon Mutual', coverPolicyNumber: 'BM-2-7781', coverExpiresOn: day(320) },
          training: { amlOn: day(-690), ceDueOn: day(75) },
          employment: [{ employer: 'Lindqvist Benefits LLC', title: 'Principal', from: '2016-01-01', to: null }],
          background: answered({ bankrupt: 'A business of mine was bankrupt in 2017 and discharged in 2018. Nothing is owed.' }),
        }),
        licences: (day) => [
          { state: 'WA', number: 'WAOIC-702233', lines: ['life', 'health', 'property', 'casualty'], issuedOn: '2016-02-10', expiresOn: day(61), resident: true, status: 'active' },
          { state: 'OR', number: '19004127-OR', lines: ['life', 'health'], issuedOn: '2018-08-01', expiresOn: day(400), resident: false, status: 'active' },
        ],
        submits: true,
      },
    ],
  },
]

/** A day counted from the demo's own today. */
export const daysFrom = (now: number) => (fromToday: number): string => dayOf(now + fromToday * 86_400_000)
