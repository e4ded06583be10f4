import type { PassportView } from '../../../../worker/contracting/passport/shown.ts'
import type { Refused } from '../../../refused.ts'
import { flat } from './flat.ts'
import type { FormStep } from './step-words.ts'

/** What a step's fields show and what is wrong with them, by the name of the field. */
export type StepValues = { readonly of: (name: string) => string | undefined; readonly error: (name: string) => string | undefined }

/** What was typed, where it was refused; else what is kept. */
export function stepValues(step: FormStep, version: PassportView['version'], refused: Refused | null): StepValues {
  const kept = keptOf(step, version)
  const errors = Object.fromEntries((refused?.problem.errors ?? []).map(({ pointer, detail }) => [pointer.slice(1), detail]))
  return { of: (name) => (refused ? refused.typed[name] : kept[name]), error: (name) => errors[name] }
}

function keptOf(step: FormStep, version: PassportView['version']): Record<string, string> {
  if (!version) return {}
  const { summary, contact, content } = version
  switch (step) {
    case 'identity':
      return flat({ kind: summary.kind, name: contact.name, businessName: contact.businessName, email: contact.email, phone: contact.phone, bornOn: contact.bornOn, npn: summary.npn })
    case 'tax':
      return {}
    case 'addresses':
      return flat(contact.addresses)
    case 'bank':
      return flat({ accountType: summary.accountType, voidedCheque: content.voidedCheque })
    case 'cover':
      return flat({ coverCarrier: summary.coverCarrier, coverPolicyNumber: content.coverPolicyNumber, coverExpiresOn: summary.coverExpiresOn, amlOn: summary.amlOn, ceDueOn: summary.ceDueOn })
    case 'employment':
      return flat({ employment: content.employment })
    case 'background':
      return flat({ background: Object.fromEntries(content.background.map(({ question, answer, explanation }) => [question, { answer: answer ? 'yes' : 'no', explanation }])) })
  }
}
