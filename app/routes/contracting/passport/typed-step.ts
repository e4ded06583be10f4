import type { z } from 'zod'
import { BackgroundAnswer, backgroundQuestions, Employment, PassportContact } from '../../../../worker/contracting/passport/contract.ts'
import { BankStep, CoverStep, IdentityStep, TaxStep, TrainingStep, type PassportChange } from '../../../../worker/contracting/passport/steps/contract.ts'
import type { FormStep } from './step-words.ts'

/** What somebody typed into a step: the change it makes, or sentences by the name of their field. */
export type TypedStep = { readonly ok: true; readonly change: PassportChange } | { readonly ok: false; readonly errors: readonly { readonly name: string; readonly detail: string }[] }

type Form = Pick<URLSearchParams, 'get' | 'getAll'>

/** Reads a step's form, on the server and in the browser alike: what would be refused is not sent by itself. */
export const typedStep = (step: FormStep, form: Form): TypedStep => readers[step](form)

const readers: Readonly<Record<FormStep, (form: Form) => TypedStep>> = {
  identity: (form) =>
    made(
      checked(IdentityStep, '', {
        kind: text(form, 'kind'),
        name: { first: maybe(form, 'name.first'), middle: maybe(form, 'name.middle'), last: maybe(form, 'name.last'), suffix: maybe(form, 'name.suffix') },
        businessName: maybe(form, 'businessName'), email: maybe(form, 'email'), phone: maybe(form, 'phone'), bornOn: maybe(form, 'bornOn'), npn: maybe(form, 'npn'),
      }),
      (identity) => ({ identity }),
    ),
  tax: (form) => made(checked(TaxStep, 'secret', { ssn: left(form, 'secret.ssn'), ein: left(form, 'secret.ein'), forget: form.getAll('forget').map(String) }), (tax) => ({ tax })),
  addresses: (form) => {
    const residential = address(form, 'residential')
    const mailing = form.get('mailingSame') === 'yes' ? residential : address(form, 'mailing')
    return made(checked(PassportContact.shape.addresses, '', { residential, mailing, business: address(form, 'business') }), (addresses) => ({ addresses }))
  },
  bank: (form) =>
    made(checked(BankStep, '', { routing: left(form, 'secret.routing'), account: left(form, 'secret.account'), accountType: maybe(form, 'accountType'), voidedCheque: maybe(form, 'voidedCheque') }), (bank) => ({ bank })),
  cover: (form) => {
    const cover = checked(CoverStep, '', { coverCarrier: maybe(form, 'coverCarrier'), coverPolicyNumber: maybe(form, 'coverPolicyNumber'), coverExpiresOn: maybe(form, 'coverExpiresOn') })
    const training = checked(TrainingStep, '', { amlOn: maybe(form, 'amlOn'), ceDueOn: maybe(form, 'ceDueOn') })
    if (!cover.ok || !training.ok) return { ok: false, errors: [cover, training].flatMap((part) => (part.ok ? [] : part.errors)) }
    return { ok: true, change: { cover: cover.value, training: training.value } }
  },
  employment: (form) => {
    const rows = Array.from({ length: EMPLOYMENT_ROWS }, (_, at) => ({ at, row: { employer: text(form, `employment.${at}.employer`), title: text(form, `employment.${at}.title`), from: text(form, `employment.${at}.from`), to: maybe(form, `employment.${at}.to`) } }))
    const filled = rows.filter(({ row }) => row.employer !== '' || row.title !== '' || row.from !== '')
    return made(every(filled.map(({ at, row }) => checked(Employment, `employment.${at}`, row))), (employment) => ({ employment }))
  },
  background: (form) => {
    const answered = Object.keys(backgroundQuestions).filter((question) => text(form, `background.${question}.answer`) !== '')
    const answers = answered.map((question) => {
      const yes = text(form, `background.${question}.answer`) === 'yes'
      const documents = form.getAll(`background.${question}.documents`).map(String).filter((id) => id !== '')
      return checked(BackgroundAnswer, `background.${question}`, { question, answer: yes, explanation: yes ? maybe(form, `background.${question}.explanation`) : null, documents: yes ? documents : [] })
    })
    return made(every(answers), (background) => ({ background }))
  },
}

/** As many rows as the form may have. */
export const EMPLOYMENT_ROWS = 20

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly { readonly name: string; readonly detail: string }[] }

function checked<T>(schema: z.ZodType<T>, under: string, value: unknown): Checked<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, errors: result.error.issues.map(({ path, message }) => ({ name: [...(under ? [under] : []), ...path.map(String)].join('.'), detail: message })) }
}

function every<T>(parts: readonly Checked<T>[]): Checked<T[]> {
  const errors = parts.flatMap((part) => (part.ok ? [] : part.errors))
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: parts.flatMap((part) => (part.ok ? [part.value] : [])) }
}

const made = <T>(part: Checked<T>, change: (value: T) => PassportChange): TypedStep => (part.ok ? { ok: true, change: change(part.value) } : part)

const text = (form: Form, name: string): string => String(form.get(name) ?? '').trim()
/** Nothing typed is null: it is not there. */
const maybe = (form: Form, name: string): string | null => text(form, name) || null
/** Nothing typed is left as it was. */
const left = (form: Form, name: string): string | undefined => text(form, name) || undefined

function address(form: Form, under: string) {
  const parts = { line1: text(form, `${under}.line1`), line2: maybe(form, `${under}.line2`), city: text(form, `${under}.city`), state: text(form, `${under}.state`), zip: text(form, `${under}.zip`) }
  return Object.values(parts).every((part) => part === null || part === '') ? null : parts
}
