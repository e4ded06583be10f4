import type { Category } from '../core/documents/contract.ts'
import type { PresetName } from '../core/tenancy/contract.ts'

/** Invented people and files. The names of mailboxes end in .example, which can never receive mail (RFC 2606). */

export type Person = { readonly name: string; readonly email: string }

const dana: Person = { name: 'Dana Whitlock', email: 'dana@harbor.example' }
const marcus: Person = { name: 'Marcus Bell', email: 'marcus@harbor.example' }
const priya: Person = { name: 'Priya Nair', email: 'priya@harbor.example' }
const tom: Person = { name: 'Tom Okafor', email: 'tom@harbor.example' }
const ruth: Person = { name: 'Ruth Calloway', email: 'ruth@beacon.example' }
const elena: Person = { name: 'Elena Sorensen', email: 'elena@anchor.example' }

/** A file that somebody uploaded `daysAgo`. */
export type DemoFile = { readonly by: Person; readonly name: string; readonly category: Category; readonly daysAgo: number; readonly lines: readonly string[]; readonly trashed?: boolean; readonly opened?: boolean }

/** Somebody who was invited `daysAgo` and has not answered; `revoked` where the offer was taken back. */
export type DemoOffer = { readonly to: Person; readonly role: 'admin' | 'member' | 'viewer'; readonly daysAgo: number; readonly revoked?: boolean }

export type DemoTenant = {
  readonly name: string
  readonly kind: 'fmo' | 'agency' | 'producer'
  readonly preset: PresetName
  readonly owner: Person
  readonly joined: readonly { readonly person: Person; readonly role: 'admin' | 'member' | 'viewer'; readonly daysAgo: number }[]
  readonly offers: readonly DemoOffer[]
  readonly policy: Readonly<Record<string, number | string>>
  readonly files: readonly DemoFile[]
}

/** The oldest thing that happened, in days. */
export const FIRST_DAY = 12

export const people: readonly Person[] = [dana, marcus, priya, tom, elena, ruth]

const letter = (title: string, ...lines: string[]): string[] => [title, '', ...lines, '', 'This file is part of the demo and describes nobody.']

export const tenants: readonly DemoTenant[] = [
  {
    name: 'Harbor FMO',
    kind: 'fmo',
    preset: 'combined',
    owner: dana,
    joined: [
      { person: marcus, role: 'admin', daysAgo: 11 },
      { person: priya, role: 'member', daysAgo: 10 },
      { person: tom, role: 'viewer', daysAgo: 6 },
    ],
    offers: [
      { to: { name: 'Grace Liu', email: 'grace@harbor.example' }, role: 'member', daysAgo: 9 },
      { to: { name: 'Ravi Menon', email: 'ravi@harbor.example' }, role: 'member', daysAgo: 2 },
      { to: { name: 'Old Address', email: 'former@harbor.example' }, role: 'viewer', daysAgo: 4, revoked: true },
    ],
    policy: { 'session.idle_days': 3, 'doc.url_ttl_min': 10 },
    files: [
      { by: priya, name: 'Appointment request - M. Alvarez.pdf', category: 'signed_application', daysAgo: 8, lines: letter('Appointment request', 'Producer: Maria Alvarez', 'Carrier: Summit Mutual', 'Lines: life, annuity', 'States: OR, WA'), opened: true },
      { by: priya, name: 'Alvarez - Oregon licence.pdf', category: 'licence', daysAgo: 8, lines: letter('Licence verification', 'State: Oregon', 'Class: life and health', 'Status: active') },
      { by: marcus, name: 'Summit Mutual - producer agreement.pdf', category: 'agreement', daysAgo: 7, lines: letter('Producer agreement', 'Between Summit Mutual and Harbor FMO', 'Schedule A: commission grid'), opened: true },
      { by: dana, name: 'E and O certificate 2026.pdf', category: 'policy_details', daysAgo: 5, lines: letter('Errors and omissions certificate', 'Insured: Harbor FMO', 'Limit: 1,000,000 each claim') },
      { by: priya, name: 'Beneficiary change - policy 4471.pdf', category: 'beneficiary', daysAgo: 3, lines: letter('Beneficiary designation', 'Policy: 4471', 'Primary: spouse, 100 %') },
      { by: marcus, name: 'Carrier letter - duplicate.pdf', category: 'carrier', daysAgo: 2, lines: letter('Carrier correspondence', 'Sent twice by mistake.'), trashed: true },
      { by: priya, name: 'Premium notice - October.pdf', category: 'premium', daysAgo: 1, lines: letter('Premium notice', 'Policy: 4471', 'Due: the first of the month', 'Amount: 182.40') },
    ],
  },
  {
    name: 'Anchor Agency',
    kind: 'agency',
    preset: 'inforcedesk',
    owner: elena,
    joined: [{ person: marcus, role: 'member', daysAgo: 5 }],
    offers: [{ to: { name: 'Jonas Weber', email: 'jonas@anchor.example' }, role: 'admin', daysAgo: 1 }],
    policy: {},
    files: [
      { by: elena, name: 'Signed application - Pruitt.pdf', category: 'signed_application', daysAgo: 4, lines: letter('Application for life insurance', 'Applicant: K. Pruitt', 'Face amount: 250,000'), opened: true },
      { by: marcus, name: 'Renewal offer - Pruitt.pdf', category: 'policy_details', daysAgo: 2, lines: letter('Renewal offer', 'Term: 12 months', 'Premium unchanged') },
    ],
  },
  { name: 'Beacon Marketing', kind: 'fmo', preset: 'contractiq', owner: ruth, joined: [], offers: [], policy: {}, files: [] },
]
