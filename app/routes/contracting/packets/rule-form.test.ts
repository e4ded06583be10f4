import { expect, test } from 'vitest'
import type { MappingRule, PdfField } from '../../../../worker/contracting/packets/contract.ts'
import { rulesFrom, typedOf } from './rule-form.ts'

const field = (name: string, kind: PdfField['kind'], options: string[] = []): PdfField => ({ name, kind, label: null, options, multiline: false, maxLength: null, boxes: [] })

/** What a browser sends for these rows. */
function sent(rows: readonly (readonly [PdfField, MappingRule | undefined])[]): URLSearchParams {
  const form = new URLSearchParams()
  for (const [n, [each, rule]] of rows.entries()) {
    const typed = typedOf(rule, each)
    form.set(`field.${n}`, `0/${each.name}`)
    for (const [name, value] of Object.entries({ source: typed.source, text: typed.text, as: typed.as, is: typed.is, when: typed.when, whenIs: typed.whenIs })) form.set(`${name}.${n}`, value)
    for (const [j, option] of each.options.entries()) {
      form.set(`option.${n}.${j}`, option)
      form.set(`is.${n}.${j}`, typed.optionIs[j] ?? '')
    }
  }
  return form
}

const rule = (name: string, source: MappingRule['source'], when: MappingRule['when'] = null): MappingRule => ({ part: 0, field: name, source, when })

test('a mapping that is shown and sent back unchanged is the same mapping', () => {
  const rows = [
    [field('a/b.c', 'text'), rule('a/b.c', { from: 'fact', fact: 'name.full', as: 'capitals' }, { fact: 'kind', is: 'business' })],
    [field('fixed', 'text'), rule('fixed', { from: 'text', text: 'See attached' })],
    [field('sign', 'signature'), rule('sign', { from: 'signature', what: 'mark' })],
    [field('tick', 'checkbox'), rule('tick', { from: 'tick', when: { fact: 'background.convicted', is: 'yes' } })],
    [field('pay', 'radio', ['C', 'S']), rule('pay', { from: 'option', fact: 'account_type', options: [{ is: 'checking', option: 'C' }, { is: 'savings', option: 'S' }] })],
  ] as const
  expect(rulesFrom(sent(rows)).rules).toEqual(rows.map(([, each]) => each))
})

test('a field whose choice was taken away is named without a rule, so that it is left empty', () => {
  expect(rulesFrom(sent([[field('npn', 'text'), undefined]]))).toEqual({ fields: [{ part: 0, field: 'npn' }], rules: [] })
})
