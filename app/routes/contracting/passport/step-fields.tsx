import type { ReactNode } from 'react'
import { accountTypes, backgroundQuestions, producerKinds, stateCodes } from '../../../../worker/contracting/passport/contract.ts'
import type { PassportView } from '../../../../worker/contracting/passport/shown.ts'
import { CheckboxField, CheckboxGroup } from '../../../ui/checkbox-field.tsx'
import { FormSection } from '../../../ui/form-section.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { RadioGroup } from '../../../ui/radio-group.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { StepValues } from './step-values.ts'
import type { FormStep } from './step-words.ts'
import { EMPLOYMENT_ROWS } from './typed-step.ts'

/** A document that a step can name. */
export type NamedDocument = { readonly id: string; readonly name: string }

type FieldsProps = { readonly values: StepValues; readonly passport: PassportView; readonly documents: readonly NamedDocument[] }

const words = (from: Readonly<Record<string, string>>) => Object.entries(from).map(([value, label]) => ({ value, label }))
export const stateChoices = stateCodes.map((state) => ({ value: state, label: state }))

/** The fields of each step. */
export const stepFields: Readonly<Record<FormStep, (props: FieldsProps) => ReactNode>> = {
  identity: Identity,
  tax: Tax,
  addresses: Addresses,
  bank: Bank,
  cover: Cover,
  employment: EmploymentRows,
  background: Background,
}

/** What every field of a step has in common. */
const at = ({ of, error }: StepValues, name: string) => ({ name, defaultValue: of(name), error: error(name) })

function Identity({ values }: FieldsProps) {
  return (
    <>
      <RadioGroup name="kind" label="This passport is of" choices={words(producerKinds)} defaultValue={values.of('kind') ?? 'individual'} error={values.error('kind')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="First name" autoComplete="given-name" {...at(values, 'name.first')} />
        <TextField label="Middle name" required={false} autoComplete="additional-name" {...at(values, 'name.middle')} />
        <TextField label="Last name" autoComplete="family-name" {...at(values, 'name.last')} />
        <TextField label="Suffix" required={false} hint="Jr., III" autoComplete="honorific-suffix" {...at(values, 'name.suffix')} />
      </div>
      <TextField label="Business name" required={false} hint="If you are contracted as a business." autoComplete="organization" {...at(values, 'businessName')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Date of birth" type="date" autoComplete="bday" {...at(values, 'bornOn')} />
        <TextField label="National producer number" mono inputMode="numeric" hint="NPN, up to ten digits." autoComplete="off" {...at(values, 'npn')} />
        <TextField label="E-mail address" type="email" autoComplete="email" {...at(values, 'email')} />
        <TextField label="Telephone" type="tel" autoComplete="tel" {...at(values, 'phone')} />
      </div>
    </>
  )
}

function Tax({ values, passport }: FieldsProps) {
  const { ssn, ein } = passport.version?.secrets ?? { ssn: null, ein: null }
  const kept = [...(ssn ? [{ value: 'ssn', label: 'The social security number' }] : []), ...(ein ? [{ value: 'ein', label: 'The EIN' }] : [])]
  return (
    <>
      <Secret label="Social security number" name="secret.ssn" kept={ssn} values={values} placeholder="123-45-6789" mayReveal={passport.may.reveal} />
      <Secret label="Employer identification number (EIN)" name="secret.ein" kept={ein} values={values} placeholder="12-3456789" mayReveal={passport.may.reveal} />
      {kept.length > 0 ? <CheckboxGroup name="forget" label="No longer keep" choices={kept} error={values.error('secret.forget')} /> : null}
    </>
  )
}

/** A number that is typed and never shown: what is kept of it stands beside it, by its last digits. */
function Secret({ label, name, kept, values, placeholder, mayReveal }: { label: string; name: string; kept: { id: string; shown: string } | null; values: StepValues; placeholder: string; mayReveal: boolean }) {
  const hint = kept ? (
    <>
      Kept: <span className="font-mono">{kept.shown}</span>. Type it anew to change it.{' '}
      {mayReveal ? (
        <Anchor href={`/passport/reveal/${kept.id}`} className="underline underline-offset-3">
          See it in full …
        </Anchor>
      ) : null}
    </>
  ) : null
  return <TextField name={name} label={label} mono inputMode="numeric" autoComplete="off" spellCheck={false} placeholder={placeholder} hint={hint} error={values.error(name)} />
}

function Addresses({ values }: FieldsProps) {
  return (
    <>
      <AddressFields title="Residential" under="residential" values={values} section="home" />
      <AddressFields title="Mailing" under="mailing" values={values} section="mailing">
        <CheckboxField name="mailingSame" label="The same as the residential address" />
      </AddressFields>
      <AddressFields title="Business" under="business" values={values} section="work" />
    </>
  )
}

function AddressFields({ title, under, values, section, children }: { title: string; under: string; values: StepValues; section: string; children?: ReactNode }) {
  const field = (name: string) => at(values, `${under}.${name}`)
  return (
    <FormSection title={title}>
      {children}
      <TextField label="Street" autoComplete={`section-${section} address-line1`} {...field('line1')} />
      <TextField label="Apartment or suite" required={false} autoComplete={`section-${section} address-line2`} {...field('line2')} />
      <div className="grid gap-4 sm:grid-cols-[1fr_6rem_8rem]">
        <TextField label="City" autoComplete={`section-${section} address-level2`} {...field('city')} />
        <SelectField label="State" none="–" choices={stateChoices} autoComplete={`section-${section} address-level1`} {...field('state')} />
        <TextField label="ZIP code" mono inputMode="numeric" autoComplete={`section-${section} postal-code`} {...field('zip')} />
      </div>
    </FormSection>
  )
}

function Bank({ values, passport, documents }: FieldsProps) {
  const { routing, account } = passport.version?.secrets ?? { routing: null, account: null }
  return (
    <>
      <Secret label="Routing number" name="secret.routing" kept={routing} values={{ ...values, error: (name) => values.error(name) ?? values.error('routing') }} placeholder="021000021" mayReveal={passport.may.reveal} />
      <Secret label="Account number" name="secret.account" kept={account} values={{ ...values, error: (name) => values.error(name) ?? values.error('account') }} placeholder="" mayReveal={passport.may.reveal} />
      <RadioGroup name="accountType" label="Kind of account" choices={words(accountTypes)} defaultValue={values.of('accountType')} error={values.error('accountType')} />
      <SelectField label="Voided cheque" none="None yet" choices={documents.map(({ id, name }) => ({ value: id, label: name }))} hint={<UploadHint />} {...at(values, 'voidedCheque')} />
    </>
  )
}

/** The card below the form takes it; without scripts the page of documents does. */
const UploadHint = () => (
  <>
    Upload it below, or under{' '}
    <Anchor href="/documents" className="underline underline-offset-3">
      Documents
    </Anchor>
    , and choose it here.
  </>
)

function Cover({ values }: FieldsProps) {
  return (
    <>
      <FormSection title="Errors and omissions cover">
        <TextField label="Insurer" autoComplete="off" {...at(values, 'coverCarrier')} />
        <TextField label="Policy number" mono required={false} autoComplete="off" {...at(values, 'coverPolicyNumber')} />
        <TextField label="Expires on" type="date" {...at(values, 'coverExpiresOn')} />
      </FormSection>
      <FormSection title="Training" description="Carriers honour training against money laundering for two years.">
        <TextField label="Anti-money-laundering training, completed on" type="date" {...at(values, 'amlOn')} />
        <TextField label="Continuing education, next due on" type="date" {...at(values, 'ceDueOn')} />
      </FormSection>
    </>
  )
}

function EmploymentRows({ values }: FieldsProps) {
  const filled = Array.from({ length: EMPLOYMENT_ROWS }, (_, row) => row).filter((row) => values.of(`employment.${row}.employer`) || values.of(`employment.${row}.title`)).length
  return (
    <>
      {Array.from({ length: Math.min(EMPLOYMENT_ROWS, filled + 2) }, (_, row) => {
        const field = (name: string) => at(values, `employment.${row}.${name}`)
        return (
          <fieldset key={row} className="grid gap-4 border-t border-line pt-4 first:border-t-0 first:pt-0 sm:grid-cols-2">
            <legend className="sr-only">Position {row + 1}</legend>
            <TextField label="Employer" autoComplete="off" {...field('employer')} />
            <TextField label="Position" autoComplete="off" {...field('title')} />
            <TextField label="From" type="date" {...field('from')} />
            <TextField label="To" type="date" required={false} hint="Empty: until now." {...field('to')} />
          </fieldset>
        )
      })}
      <p className="text-sm text-ink-2">More lines appear once these are saved. A line that is emptied goes.</p>
    </>
  )
}

function Background({ values, passport, documents }: FieldsProps) {
  return (
    <ol className="grid gap-6">
      {Object.entries(backgroundQuestions).map(([question, asked]) => {
        const name = (part: string) => `background.${question}.${part}`
        const attached = passport.version?.content.background.find((each) => each.question === question)?.documents ?? []
        return (
          <li key={question} className="group/asked grid gap-3 border-t border-line pt-5 first:border-t-0 first:pt-0">
            <RadioGroup name={name('answer')} label={asked} choices={[{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes' }]} defaultValue={values.of(name('answer'))} error={values.error(name('answer'))} />
            <div className="grid gap-3 group-not-has-[input[value=yes]:checked]/asked:hidden">
              <TextArea label="What happened, when, and how it ended" {...at(values, name('explanation'))} />
              {documents.length > 0 ? <CheckboxGroup name={name('documents')} label="Papers that show it" choices={documents.map(({ id, name: label }) => ({ value: id, label }))} defaultValues={attached} error={values.error(name('documents'))} /> : <p className="text-sm text-ink-2"><UploadHint /></p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
