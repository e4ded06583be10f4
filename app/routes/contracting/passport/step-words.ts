import type { PassportPart } from '../../../../worker/contracting/passport/contract.ts'

/** A page of the passport, the parts of the checklist it fills, and what it says. */
type StepWords = { readonly title: string; readonly lead: string; readonly parts: readonly PassportPart[] }

/** The pages in the order in which they are walked. The key is the last part of the address. */
export const passportSteps = {
  identity: { title: 'Who you are', lead: 'As it stands on your licence. Carriers compare it letter by letter.', parts: ['identity', 'npn'] },
  tax: { title: 'Tax number', lead: 'Your social security number, or the EIN of your business. It is sealed as soon as it arrives; of an SSN its last four digits are shown, of an EIN none.', parts: ['tax'] },
  addresses: { title: 'Addresses', lead: 'Where you live, and where post and business reach you.', parts: ['residence', 'mailing'] },
  bank: { title: 'Bank account', lead: 'Where commissions go. The routing number is checked against its own checksum.', parts: ['bank', 'cheque'] },
  licences: { title: 'Licences', lead: 'One line for each state and number.', parts: ['licence'] },
  appointments: { title: 'Appointments', lead: 'Carriers that have appointed you already. None is an answer too.', parts: [] },
  cover: { title: 'Cover and training', lead: 'Errors and omissions cover, and the trainings with a date. You are reminded 90, 60, 30, 14 and 7 days before each ends.', parts: ['cover', 'aml', 'ce'] },
  employment: { title: 'Employment', lead: 'The last five years, the newest first.', parts: ['employment'] },
  background: { title: 'Background', lead: 'Every carrier asks these. A yes is not the end of it: explain what happened, when, and how it ended.', parts: ['background'] },
} as const satisfies Record<string, StepWords>

export type PassportStep = keyof typeof passportSteps
export const stepOrder = Object.keys(passportSteps) as readonly PassportStep[] // `as`: the keys of a const object
/** Steps that are one form; the others are lists. */
export const formSteps = ['identity', 'tax', 'addresses', 'bank', 'cover', 'employment', 'background'] as const satisfies readonly PassportStep[]
export type FormStep = (typeof formSteps)[number]

/** The page after this one; the passport itself after the last. */
export const afterStep = (step: PassportStep): string => {
  const next = stepOrder[stepOrder.indexOf(step) + 1]
  return next ? `/passport/${next}` : '/passport'
}

/** Whether everything that a page asks for is there. A page that asks for nothing is neither. */
export const isDone = (step: PassportStep, missing: readonly PassportPart[]): boolean | null => {
  const parts: readonly PassportPart[] = passportSteps[step].parts
  return parts.length === 0 ? null : parts.every((part) => !missing.includes(part))
}
