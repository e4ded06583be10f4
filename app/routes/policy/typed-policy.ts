import { policyFields, type PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import { Fault, type FieldError } from '../../../worker/core/failure.ts'
import { choiceWords, fieldName } from './policy-words.ts'

/** The values of a sent form; fields it does not have stay as they are. Bounds are answered beside the field, floors by the verb. */
export function typedPolicy(form: URLSearchParams): Partial<Record<PolicyKey, string | number>> {
  const errors: FieldError[] = []
  const values: Partial<Record<PolicyKey, string | number>> = {}
  for (const key of Object.keys(policyFields) as PolicyKey[]) { // `as`: the keys of a const object
    const typed = form.get(fieldName(key))
    if (typed === null) continue
    const field = policyFields[key]
    if (field.kind === 'number') {
      const value = Number(typed)
      if (typed.trim() === '' || !Number.isInteger(value) || value < field.min || value > field.max) errors.push({ pointer: `/${key}`, detail: `A whole number from ${field.min} to ${field.max}, in ${field.unit}.` })
      values[key] = value
    } else {
      const options: readonly string[] = field.options
      if (!options.includes(typed)) errors.push({ pointer: `/${key}`, detail: `Choose one of: ${options.map((option) => choiceWords(key, option)).join(', ')}.` })
      values[key] = typed
    }
  }
  if (errors.length > 0) throw new Fault({ code: 'invalid', errors })
  return values
}
