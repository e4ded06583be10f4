import type { MapFields, MappingRule, PdfField, Source } from '../../../../worker/contracting/packets/contract.ts'

/** The rows of a mapping form: fields numbered as they stand on the page, and what was chosen for each. */
type Typed = (name: string) => string

/** What a mapping form says, as the verb takes it. A field whose source is empty is not filled any more. */
export function rulesFrom(form: URLSearchParams): MapFields {
  const typed: Typed = (name) => form.get(name)?.trim() ?? ''
  const numbers = [...form.keys()].flatMap((name) => /^field\.(\d+)$/.exec(name)?.[1] ?? [])
  const rows = numbers.map((n) => ({ n, ...fieldAt(typed(`field.${n}`)) }))
  return {
    fields: rows.map(({ part, field }) => ({ part, field })),
    rules: rows.flatMap(({ n, part, field }): MappingRule[] => {
      const source = sourceOf(n, typed, form)
      const when = typed(`when.${n}`)
      return source ? [{ part, field, source, when: when === '' ? null : { fact: when, is: typed(`whenIs.${n}`) || 'given' } }] : []
    }),
  }
}

function fieldAt(key: string): { part: number; field: string } {
  const at = key.indexOf('/')
  return { part: Number(key.slice(0, at)), field: key.slice(at + 1) }
}

function sourceOf(n: string, typed: Typed, form: URLSearchParams): Source | null {
  const chosen = typed(`source.${n}`)
  const [kind = '', ...rest] = chosen.split(':')
  const fact = rest.join(':')
  switch (kind) {
    case 'fact': {
      const as = typed(`as.${n}`)
      return { from: 'fact', fact, as: as === 'digits' || as === 'capitals' ? as : 'as_is' }
    }
    case 'text':
      return { from: 'text', text: typed(`text.${n}`) }
    case 'sign':
      return { from: 'signature', what: fact === 'name' || fact === 'date' ? fact : 'mark' }
    case 'tick':
      return { from: 'tick', when: { fact, is: typed(`is.${n}`) || 'given' } }
    case 'option':
      return { from: 'option', fact, options: optionsOf(n, typed, form) }
    default:
      return null
  }
}

const optionsOf = (n: string, typed: Typed, form: URLSearchParams): { is: string; option: string }[] =>
  [...form.keys()].flatMap((name) => {
    const j = name.startsWith(`option.${n}.`) ? name.slice(`option.${n}.`.length) : null
    const is = j === null ? '' : typed(`is.${n}.${j}`)
    return is === '' ? [] : [{ is, option: form.get(name) ?? '' }]
  })

/** What stands in the form for a rule: the other way round. */
export function typedOf(rule: MappingRule | undefined, field: PdfField): { source: string; text: string; as: string; is: string; optionIs: string[]; when: string; whenIs: string } {
  const blank = { source: '', text: '', as: 'as_is', is: '', optionIs: field.options.map(() => ''), when: rule?.when?.fact ?? '', whenIs: rule?.when?.is ?? '' }
  const source = rule?.source
  switch (source?.from) {
    case 'fact':
      return { ...blank, source: `fact:${source.fact}`, as: source.as }
    case 'text':
      return { ...blank, source: 'text', text: source.text }
    case 'signature':
      return { ...blank, source: `sign:${source.what}` }
    case 'tick':
      return { ...blank, source: `tick:${source.when.fact}`, is: source.when.is }
    case 'option':
      return { ...blank, source: `option:${source.fact}`, optionIs: field.options.map((option) => source.options.find((each) => each.option === option)?.is ?? '') }
    default:
      return blank
  }
}
