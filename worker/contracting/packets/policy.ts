import { isMasked, type Condition, type MapFields, type MappingRule, type PacketForm, type PdfField, type Source } from './contract.ts'

/** Most PDFs in one packet. */
export const MAX_PARTS = 20

/** Which sources a kind of field takes. */
const takes: Readonly<Record<PdfField['kind'], readonly Source['from'][]>> = {
  text: ['fact', 'text', 'signature'],
  checkbox: ['tick'],
  radio: ['option'],
  choice: ['option', 'fact', 'text'],
  signature: ['signature'],
}

/** What is wrong with a rule for this packet, in a sentence, or null. */
export function problemOf(rule: MappingRule, { parts }: Pick<PacketForm, 'parts'>): string | null {
  const field = parts[rule.part]?.fields.find(({ name }) => name === rule.field)
  if (!field) return 'There is no such field in this packet.'
  if (!takes[field.kind].includes(rule.source.from)) return `A ${field.kind} field cannot be filled like this.`
  if (rule.source.from === 'option') {
    const unknown = rule.source.options.find(({ option }) => !field.options.includes(option))
    if (unknown) return `This field has no option “${unknown.option}”.`
  }
  if (field.kind === 'choice' && rule.source.from === 'fact' && isMasked(rule.source.fact)) return 'A list cannot be filled with a number that nobody here is told.'
  if (conditionsOf(rule).some(({ fact, is }) => isMasked(fact) && is.toLowerCase() !== 'given')) return 'A condition on this number may only ask whether it is given.'
  return null
}

/** Everything that a rule asks of a fact. */
function conditionsOf({ source, when }: MappingRule): Condition[] {
  const asked = source.from === 'tick' ? [source.when] : source.from === 'option' ? source.options.map(({ is }) => ({ fact: source.fact, is })) : []
  return when ? [...asked, when] : asked
}

/** A mapping with the rules of some fields replaced. */
export function remapped(mapping: readonly MappingRule[], { fields, rules }: MapFields): MappingRule[] {
  const touched = new Set([...fields, ...rules].map(keyOf))
  return [...mapping.filter((rule) => !touched.has(keyOf(rule))), ...rules].toSorted((a, b) => a.part - b.part || a.field.localeCompare(b.field))
}

export const keyOf = ({ part, field }: { part: number; field: string }): string => `${part}/${field}`

/** What a version must have before packets can be filled from it; sentences for what is missing. */
export function missingToPublish({ parts, mapping }: PacketForm): string[] {
  const signed = mapping.some(({ source }) => source.from === 'signature' && source.what === 'mark')
  return [
    ...(parts.length === 0 ? ['Add a form first.'] : []),
    ...(parts.length > 0 && mapping.length === 0 ? ['Say how at least one field is filled.'] : []),
    ...(parts.length > 0 && mapping.length > 0 && !signed ? ['Say which field takes the signature.'] : []),
  ]
}
