import type { Condition, FieldValue, MappingRule, PdfField } from './contract.ts'
import type { FactValue } from './facts.ts'
import { isMasked, type FactName } from './contract.ts'

/** What goes into each field of one PDF, by the mapping. Fields for the signature stay empty until it is given. */
export function valuesOf(rules: readonly MappingRule[], fields: readonly PdfField[], fact: (name: FactName) => FactValue): Map<string, FieldValue> {
  const known = new Map(fields.map((field) => [field.name, field]))
  return new Map(
    rules.flatMap((rule) => {
      const field = known.get(rule.field)
      if (!field || (rule.when && !holds(rule.when, fact))) return []
      const value = valueOf(rule, fact)
      return value === null ? [] : [[field.name, value] as const]
    }),
  )
}

function valueOf({ source }: MappingRule, fact: (name: FactName) => FactValue): FieldValue | null {
  switch (source.from) {
    case 'text':
      return source.text
    case 'tick':
      return holds(source.when, fact)
    case 'option':
      return source.options.find(({ is }) => holds({ fact: source.fact, is }, fact))?.option ?? null
    case 'signature':
      return null
    case 'fact':
      return spelled(fact(source.fact), source.as)
  }
}

function spelled(value: FactValue, as: 'as_is' | 'digits' | 'capitals'): string | null {
  if (value === null) return null
  const text = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : value
  if (as === 'digits') return text.replaceAll(/[^\d*]/g, '')
  return as === 'capitals' ? text.toUpperCase() : text
}

/** Whether a fact is what a condition asks for, whatever its capitals. */
export function holds({ fact: name, is }: Condition, fact: (name: FactName) => FactValue): boolean {
  const value = fact(name)
  if (isMasked(name) && is.toLowerCase() !== 'given') return false
  if (is.toLowerCase() === 'given') return value !== null && value !== ''
  if (typeof value === 'boolean') return is.toLowerCase() === (value ? 'yes' : 'no')
  return value !== null && value.toLowerCase() === is.toLowerCase()
}
