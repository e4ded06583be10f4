import type { PDF, PDFForm } from '@libpdf/core'
import { Fault } from '../../../core/failure.ts'
import type { FieldValue, PdfField } from '../contract.ts'
import { attempt } from './open-pdf.ts'
import { fittingSize, letteringOf, type Lettering } from './lettering.ts'

/** Points around a text within its field. */
const PADDING = 2

/**
 * Fill the fields of a form and flatten it: what was a field is then ink on the page. A text that does not fit its field, or that
 * no typeface has, is refused by the field's name: a packet never says less than it was given. What is left to be drawn (`drawLeft`) is answered: the
 * pages are joined before, for a typeface belongs to the file that it is written into.
 */
export function fillForm(pdf: PDF, fields: readonly PdfField[], values: ReadonlyMap<string, FieldValue>): LeftToDraw[] {
  const form = pdf.getForm()
  if (!form) return []
  const drawn: LeftToDraw[] = []
  const lettering = letteringOf()
  for (const field of fields) {
    const value = values.get(field.name)
    if (value === undefined || value === '' || value === false) continue
    if (field.kind === 'text') {
      const text = String(value)
      const size = sizeFor(field, text, lettering)
      // The library writes a field's text in another encoding than its font reads: beyond ASCII it is drawn by us.
      if (/^[\x20-\x7e\n]*$/.test(text)) attempt(() => form.getTextField(field.name)?.setFontSize(size))
      else drawn.push({ field, text, size })
      if (!drawn.some((each) => each.field === field)) attempt(() => fillOne(form, field, text))
    } else attempt(() => fillOne(form, field, value))
  }
  attempt(() => form.flatten())
  return drawn
}

/** A text that no field was filled with, and the field in whose place it is drawn. */
export type LeftToDraw = { readonly field: PdfField; readonly text: string; readonly size: number }

/** Draw what filling left over on the joined pages, of which the form's first is `firstPage`, from 0. */
export function drawLeft(pdf: PDF, lettering: Lettering, left: readonly LeftToDraw[], firstPage: number): void {
  for (const { field, text, size } of left)
    for (const { page, x, y, width, height } of field.boxes) {
      const top = field.multiline ? y + height - PADDING - size : y + (height - size * 0.72) / 2
      lettering.draw(pdf.getPage(firstPage + page - 1), text, { x: x + PADDING, y: top, size, ...(field.multiline ? { maxWidth: width - 2 * PADDING } : {}) })
    }
}

function fillOne(form: PDFForm, field: PdfField, value: FieldValue): void {
  if (field.kind === 'checkbox') form.getCheckbox(field.name)?.check()
  else form.fill({ [field.name]: field.kind === 'choice' && form.getListBox(field.name) ? [String(value)] : String(value) })
}

/** Shrunk until it fits the narrowest place it is printed in. */
function sizeFor(field: PdfField, text: string, lettering: Lettering): number {
  const odd = lettering.missing(text)
  if (odd !== null) unfit(field, `“${odd}” in the field ${field.label ?? field.name} cannot be printed. Write it with Latin, Greek or Cyrillic letters, as it stands on the licence.`)
  if (field.maxLength !== null && text.length > field.maxLength) unfit(field, `This field takes ${field.maxLength} characters.`)
  const width = Math.min(...field.boxes.map((box) => box.width)) - 2 * PADDING
  const height = Math.min(...field.boxes.map((box) => box.height))
  const wanted = field.multiline ? 9 : Math.min(10, Math.max(5, height - 2 * PADDING - 1))
  if (field.multiline) return wanted
  return fittingSize(text, lettering, width, wanted) ?? unfit(field, 'This text is too long for its field.')
}

function unfit(field: PdfField, detail: string): never {
  throw new Fault({ code: 'invalid', errors: [{ pointer: `/fields/${field.name}`, detail }] })
}
