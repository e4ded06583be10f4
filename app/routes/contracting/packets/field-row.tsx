import type { MappingRule, PdfField } from '../../../../worker/contracting/packets/contract.ts'
import { Disclosure } from './row-more.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { typedOf } from './rule-form.ts'
import { conditionFacts, sourceChoices } from './source-choices.ts'

export type FieldRowProps = { n: number; part: number; field: PdfField; rule: MappingRule | undefined; problem: string | undefined; picked: boolean }

const spellings = [{ value: 'as_is', label: 'As it is' }, { value: 'digits', label: 'Digits only' }, { value: 'capitals', label: 'In capitals' }]
const kinds = { text: 'Text', checkbox: 'Tick', radio: 'Choice', choice: 'List', signature: 'Signature' } as const

/** One field of a form and how it is filled. Plain selects: it maps without scripts, and by keyboard. */
export function FieldRow({ n, part, field, rule, problem, picked }: FieldRowProps) {
  const typed = typedOf(rule, field)
  const called = field.label ?? field.name
  return (
    <li id={`field-${n}`} className={picked ? 'grid gap-2 rounded-md bg-hover px-3 py-3' : 'grid gap-2 px-3 py-3'}>
      <input type="hidden" name={`field.${n}`} value={`${part}/${field.name}`} />
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium [overflow-wrap:anywhere]">
          {n + 1}. {called}
        </span>
        <span className="text-xs text-ink-2">{kinds[field.kind]}</span>
        {rule ? <StatusChip tone="ok">filled</StatusChip> : <StatusChip>left empty</StatusChip>}
      </div>
      <SelectField name={`source.${n}`} label={`Fill “${called}” with`} labelHidden none="Leave it empty" choices={sourceChoices[field.kind]} defaultValue={typed.source} error={problem} size="sm" />
      {field.kind === 'checkbox' ? <TextField name={`is.${n}`} label={`Tick “${called}” when it is`} hint="yes, no, given, or a value such as business" defaultValue={typed.is} size="sm" /> : null}
      {field.options.map((option, j) => (
        <div key={option}>
          <input type="hidden" name={`option.${n}.${j}`} value={option} />
          <TextField name={`is.${n}.${j}`} label={`“${option}” when it is`} defaultValue={typed.optionIs[j] ?? ''} size="sm" />
        </div>
      ))}
      <Disclosure label={`More about “${called}”`} open={typed.text !== '' || typed.when !== '' || typed.as !== 'as_is'}>
        {field.kind === 'text' || field.kind === 'choice' ? <TextField name={`text.${n}`} label="Fixed text" defaultValue={typed.text} size="sm" /> : null}
        {field.kind === 'text' ? <SelectField name={`as.${n}`} label="Spelling" choices={spellings} defaultValue={typed.as} size="sm" /> : null}
        <SelectField name={`when.${n}`} label="Only when" none="Always" choices={conditionFacts} defaultValue={typed.when} size="sm" />
        <TextField name={`whenIs.${n}`} label="is" hint="yes, no, given, or a value" defaultValue={typed.whenIs} size="sm" />
      </Disclosure>
    </li>
  )
}
