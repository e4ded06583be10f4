import { factWords, type MappingRule, type OwnForm, type PdfField } from './contract.ts'
import type { Cell, FormDesign } from './pdf/draw-form.ts'

/** A line to write on, named after the fact that fills it; `+` stands where a form asks for the same fact once more. */
const line = (name: string, share: number, label = factWords[name.replace(/\+$/, '')] ?? name): Cell => ({ kind: 'text', name, label, share })
const yesOrNo = (question: string, label: string): Cell => ({ kind: 'radio', name: `background.${question}`, label, options: ['Yes', 'No'], share: 1 })
const signature = [[{ kind: 'signature', name: 'signature.mark', label: 'Signature of applicant', share: 0.5 }, line('signature.name', 0.3, 'Name in print'), line('signature.date', 0.2, 'Date')]] as const

/** Forms of the kind that carriers send out, drawn by us, whose fields say by their names what fills them. */
export const ownDesigns: Readonly<Record<OwnForm, FormDesign>> = {
  appointment: {
    title: 'Producer appointment application',
    subtitle: 'For individuals and business entities. Complete every section; an application that is not signed cannot be processed.',
    number: 'Form APP-2214 (11/26)',
    sections: [
      {
        heading: '1. Applicant',
        note: 'Give the name exactly as it stands on the resident licence.',
        rows: [
          [line('name.full', 0.6), line('npn', 0.2), line('born_on', 0.2)],
          [line('business_name', 0.6), line('ssn', 0.2), line('ein', 0.2)],
          [line('email', 0.5), line('phone', 0.25), { kind: 'checkbox', name: 'kind=business', label: 'Applying as a business entity', share: 0.25 }],
          [line('address.residential.street', 0.45), line('address.residential.city', 0.25), line('address.residential.state', 0.1), line('address.residential.zip', 0.2)],
          [line('address.business.street', 0.45, 'Business street'), line('address.business.city', 0.25, 'Business city'), line('address.business.state', 0.1), line('address.business.zip', 0.2)],
        ],
      },
      {
        heading: '2. Appointment asked for',
        rows: [
          [line('request.carrier', 0.4), line('request.agency', 0.4), line('request.on', 0.2)],
          [line('request.states', 0.55), line('request.upline', 0.45)],
          [{ kind: 'radio', name: 'request.kind', label: 'Kind of request', options: ['Contract', 'Add State', 'Hierarchy change', 'Transfer'], share: 1 }],
        ],
      },
      {
        heading: '3. Licences',
        note: 'Licences of the states asked for come first.',
        rows: [
          [line('resident.state', 0.2), line('resident.number', 0.3), line('cover.carrier', 0.25), line('cover.expires', 0.25)],
          ...[1, 2, 3, 4, 5].map((n) => [line(`licence.${n}.state`, 0.12, 'State'), line(`licence.${n}.number`, 0.28, 'Number'), line(`licence.${n}.lines`, 0.42, 'Lines of authority'), line(`licence.${n}.expires`, 0.18, 'Expires')]),
          [line('aml_on', 0.25), line('ce_due_on', 0.25), line('cover.policy', 0.5)],
        ],
      },
      {
        heading: '4. Background',
        note: 'A “yes” must be explained below. An untrue answer is a ground for refusing or ending an appointment.',
        rows: [
          [yesOrNo('convicted', 'Convicted of a crime, or charged with one now?')],
          [yesOrNo('proceeding', 'Party to an administrative proceeding about a licence?')],
          [yesOrNo('bankrupt', 'Bankrupt, or a claim of an insurer, in the last ten years?')],
          [yesOrNo('tax_debt', 'Taxes owed without a payment plan?')],
          [yesOrNo('lawsuit', 'Found liable for, or sued for, fraud or breach of fiduciary duty?')],
          [yesOrNo('terminated', 'Contract ended by an insurer or agency for alleged misconduct?')],
          [yesOrNo('child_support', 'Child support in arrears?')],
          [{ kind: 'text', name: 'explanations', label: 'Explanations', share: 1, lines: 5 }],
        ],
      },
      { heading: '5. Signature', note: 'I have read this application. Everything in it is true and complete, and I agree to tell the company within ten days when it is not so any more.', rows: signature },
    ],
  },
  direct_deposit: {
    title: 'Commission direct deposit authorisation',
    subtitle: 'With the facts of IRS form W-9. Commissions are paid to the account below until it is changed in writing.',
    number: 'Form DD-118 (11/26)',
    sections: [
      {
        heading: 'Payee',
        rows: [
          [line('name.full', 0.6), line('npn', 0.4)],
          [line('address.mailing.street', 0.45), line('address.mailing.city', 0.25), line('address.mailing.state', 0.1), line('address.mailing.zip', 0.2)],
          [{ kind: 'radio', name: 'kind', label: 'Federal tax classification', options: ['Individual', 'Business'], share: 0.4 }, line('ssn', 0.3), line('ein', 0.3)],
        ],
      },
      {
        heading: 'Account',
        note: 'Attach a voided cheque where the company asks for one.',
        rows: [[line('routing', 0.35), line('account', 0.35), { kind: 'radio', name: 'account_type', label: 'Kind of account', options: ['Checking', 'Savings'], share: 0.3 }]],
      },
      { heading: 'Certification', note: 'Under penalties of perjury I certify that the number shown is my correct taxpayer identification number and that I am a U.S. person.', rows: signature },
    ],
  },
}

/** The values of the facts behind the options of our own radio groups. */
const optionValues: Readonly<Record<string, string>> = { Yes: 'yes', No: 'no', Contract: 'contract', 'Add State': 'add_state', 'Hierarchy change': 'hierarchy_change', Transfer: 'transfer', Individual: 'individual', Business: 'business', Checking: 'checking', Savings: 'savings' }

/** How the fields of one of our own forms are filled: as they are named. */
export function mappingOfOwn(fields: readonly PdfField[], part: number): MappingRule[] {
  return fields.flatMap(({ name, kind, options }): MappingRule[] => {
    const signs = /^signature\.(mark|name|date)$/.exec(name)?.[1]
    if (signs) return [{ part, field: name, source: { from: 'signature', what: signs === 'mark' || signs === 'name' ? signs : 'date' }, when: null }]
    const [fact = '', is] = name.replace(/\+$/, '').split('=')
    if (!Object.hasOwn(factWords, fact)) return []
    if (kind === 'checkbox') return [{ part, field: name, source: { from: 'tick', when: { fact, is: is ?? 'given' } }, when: null }]
    if (kind === 'radio') return [{ part, field: name, source: { from: 'option', fact, options: options.map((option) => ({ is: optionValues[option] ?? option, option })) }, when: null }]
    return [{ part, field: name, source: { from: 'fact', fact, as: 'as_is' }, when: null }]
  })
}
