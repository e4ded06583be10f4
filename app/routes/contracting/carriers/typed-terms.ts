import { CarrierTerms } from '../../../../worker/contracting/carriers/contract.ts'
import { input } from '../../../page.ts'

/** What a carrier's form sent. */
export const typedTerms = (form: URLSearchParams): CarrierTerms =>
  input(CarrierTerms, { name: form.get('name') ?? '', naic: form.get('naic') ?? '', states: form.getAll('states'), lines: form.getAll('lines'), asksFor: form.getAll('asksFor') }) as CarrierTerms // `as`: `input` answers with the schema's output
