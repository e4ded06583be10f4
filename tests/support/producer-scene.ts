import type { Ctx } from '../../worker/core/ctx.ts'
import { addLicence } from '../../worker/contracting/passport/add-licence.ts'
import { backgroundQuestions, type BackgroundQuestion, type Licence } from '../../worker/contracting/passport/contract.ts'
import { readPassport } from '../../worker/contracting/passport/read-passport.ts'
import { savePassport } from '../../worker/contracting/passport/save-passport.ts'
import type { PassportChange } from '../../worker/contracting/passport/steps/contract.ts'
import { submitPassport } from '../../worker/contracting/passport/submit-passport.ts'
import type { PresetName } from '../../worker/core/tenancy/contract.ts'
import { newTenant } from './new-tenant.ts'
import { asOwner, type Browser } from './scene.ts'
import type { TestTenant } from './tenant-words.ts'

/** Numbers that nobody was ever given: typed in tests, looked for in what is stored. */
export const typed = { ssn: '219-09-9999', ein: '52-1234567', routing: '021000021', account: '99887766554', licence: 'OR-7714-QX', npn: '19283746' } as const

const no = (question: string) => ({ question: question as BackgroundQuestion, answer: false, explanation: null, documents: [] }) // `as`: a key of the questions

/** Every step of a person's passport, filled in. */
export const wholePassport: PassportChange = {
  identity: {
    kind: 'individual', name: { first: 'Maria', middle: 'Elena', last: 'Alvarez', suffix: null }, businessName: null, email: 'maria@alvarez.example', phone: '503-555-0142', bornOn: '1984-02-29', npn: typed.npn,
  },
  tax: { ssn: '219099999', forget: [] },
  addresses: { residential: { line1: '14 Alder Street', line2: null, city: 'Portland', state: 'OR', zip: '97205' }, mailing: { line1: 'PO Box 88', line2: null, city: 'Portland', state: 'OR', zip: '97207' }, business: null },
  bank: { routing: typed.routing, account: typed.account, accountType: 'checking', voidedCheque: null },
  cover: { coverCarrier: 'Lantern Casualty', coverPolicyNumber: 'LC-44-1029', coverExpiresOn: '2031-05-01' },
  training: { amlOn: '2026-03-02', ceDueOn: '2031-01-31' },
  employment: [{ employer: 'Harbor FMO', title: 'Producer', from: '2019-04-01', to: null }],
  background: Object.keys(backgroundQuestions).map(no),
}

export const oregon: Licence = { state: 'OR', number: typed.licence, lines: ['life', 'health'], issuedOn: '2019-04-01', expiresOn: '2031-02-28', resident: true, status: 'active' }

/** A producer: a tenant of its own and its owner at a browser. */
export type Producer = { readonly tenant: TestTenant; readonly owner: Browser }

export async function newProducer(options: { preset?: PresetName; name?: string } = {}): Promise<Producer> {
  const tenant = await newTenant({ kind: 'producer', preset: 'contractiq', ...options })
  return { tenant, owner: await asOwner(tenant) }
}

/** Save steps on top of what stands. */
export const saved = (ctx: Ctx, change: PassportChange): Promise<{ tag: string }> => readPassport(ctx).then(({ tag }) => savePassport(ctx, change, tag))

/** Submit what stands. */
export const submitted = (ctx: Ctx): Promise<{ versionId: string; number: number }> => readPassport(ctx).then(({ tag }) => submitPassport(ctx, tag))

/** A whole passport with one licence, submitted. */
export async function submittedPassport({ owner }: Producer, change: PassportChange = wholePassport): Promise<{ versionId: string; number: number }> {
  await owner.run((ctx) => saved(ctx, change))
  await owner.run((ctx) => addLicence(ctx, oregon))
  return owner.run(submitted)
}
