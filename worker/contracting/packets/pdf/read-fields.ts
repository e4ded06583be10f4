import type { FormField, PDF } from '@libpdf/core'
import type { FieldKind, PdfField } from '../contract.ts'
import { attempt } from './open-pdf.ts'

/** The fields of an AcroForm in reading order, each with where it stands: pages from 1, points from the lower left corner. */
export function readFields(pdf: PDF): PdfField[] {
  return attempt(() => {
    const pages = new Map(pdf.getPages().map((page, index) => [page.ref.objectNumber, index + 1]))
    const annotated = pagesByAnnotation(pdf)
    const fields = (pdf.getForm()?.getFields() ?? []).flatMap((field) => {
      const kind = kinds.get(field.type)
      if (!kind) return []
      const options = optionsOf(field)
      const boxes = field.getWidgets().flatMap((widget, index) => {
        const page = (widget.pageRef && pages.get(widget.pageRef.objectNumber)) ?? (widget.ref && annotated.get(widget.ref.objectNumber))
        if (!page) return []
        const [x1, y1, x2, y2] = widget.rect
        return [{ page, x: round(Math.min(x1, x2)), y: round(Math.min(y1, y2)), width: round(Math.abs(x2 - x1)), height: round(Math.abs(y2 - y1)), option: kind === 'radio' ? (widget.getOnValue() ?? options[index] ?? null) : null }]
      })
      return boxes.length === 0 || field.name === '' ? [] : [{ name: field.name, kind, label: field.alternateName, options, ...textTerms(field), boxes }]
    })
    return inReadingOrder(fields)
  })
}

const kinds = new Map<FormField['type'], FieldKind>([['text', 'text'], ['checkbox', 'checkbox'], ['radio', 'radio'], ['dropdown', 'choice'], ['listbox', 'choice'], ['signature', 'signature']])

type WithOptions = FormField & { getOptions(): readonly (string | { value: string })[] }
type Text = FormField & { readonly maxLength: number; readonly isMultiline: boolean }

/** What may be chosen: the options of a radio group or list. */
function optionsOf(field: FormField): string[] {
  if (!['radio', 'dropdown', 'listbox'].includes(field.type)) return []
  return (field as WithOptions).getOptions().map((option) => (typeof option === 'string' ? option : option.value)) // `as`: these three kinds have options
}

function textTerms(field: FormField): { multiline: boolean; maxLength: number | null } {
  if (field.type !== 'text') return { multiline: false, maxLength: null }
  const { isMultiline, maxLength } = field as Text // `as`: its type says so
  return { multiline: isMultiline, maxLength: maxLength > 0 ? maxLength : null }
}

/** A widget need not say which page it is on; the page says which widgets it has. */
function pagesByAnnotation(pdf: PDF): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const [index, page] of pdf.getPages().entries()) {
    const annotations = page.dict.getArray('Annots', (ref) => pdf.getObject(ref))
    for (const each of annotations ?? []) if (each.type === 'ref') found.set(each.objectNumber, index + 1)
  }
  return found
}

/** Points by which two boxes of one line may stand higher or lower than each other. */
const SAME_LINE = 6

/** Page by page, line by line, from left to right: fields whose middles are about as high stand on one line. */
function inReadingOrder(fields: readonly PdfField[]): PdfField[] {
  const placed = fields.flatMap((field) => field.boxes.slice(0, 1).map((box) => ({ field, page: box.page, x: box.x, middle: box.y + box.height / 2, line: 0 })))
  const down = placed.toSorted((a, b) => a.page - b.page || b.middle - a.middle)
  for (const [index, each] of down.entries()) {
    const before = down[index - 1]
    each.line = before ? before.line + (before.page === each.page && before.middle - each.middle <= SAME_LINE ? 0 : 1) : 0
  }
  return down.toSorted((a, b) => a.line - b.line || a.x - b.x).map(({ field }) => field)
}

const round = (points: number): number => Math.round(points * 100) / 100
