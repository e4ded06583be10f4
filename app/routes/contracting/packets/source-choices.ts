import { factGroups, type PdfField } from '../../../../worker/contracting/packets/contract.ts'
import type { Choice, ChoiceGroup } from '../../../ui/select-field.tsx'

const factsAs = (prefix: string): ChoiceGroup[] => Object.entries(factGroups).map(([group, facts]) => ({ group, choices: Object.entries(facts).map(([value, label]) => ({ value: `${prefix}${value}`, label })) }))

const signature: ChoiceGroup = { group: 'Signature', choices: [{ value: 'sign:mark', label: 'The signature itself' }, { value: 'sign:name', label: 'Name in print' }, { value: 'sign:date', label: 'Date of signing' }] }
const text: Choice = { value: 'text', label: 'A fixed text' }

/** Every fact, for a condition. */
export const conditionFacts: readonly ChoiceGroup[] = factsAs('')

/** What a field of a kind can be filled with. */
export const sourceChoices: Readonly<Record<PdfField['kind'], ReadonlyArray<Choice | ChoiceGroup>>> = {
  text: [text, signature, ...factsAs('fact:')],
  checkbox: factsAs('tick:'),
  radio: factsAs('option:'),
  choice: [text, ...factsAs('fact:'), ...factsAs('option:').map(({ group, choices }) => ({ group: `${group}, option by option`, choices }))],
  signature: [signature],
}
