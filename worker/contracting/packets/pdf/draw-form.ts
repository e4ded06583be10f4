import { PDF, PdfString, rgb, type PDFForm, type PDFPage } from '@libpdf/core'

/** A form of ours as data: it is drawn as an ordinary AcroForm, and from there on is like any uploaded one. */
export type FormDesign = { readonly title: string; readonly subtitle: string; readonly number: string; readonly sections: readonly Section[] }
export type Section = { readonly heading: string; readonly note?: string; readonly rows: readonly (readonly Cell[])[] }
export type Cell =
  | { readonly kind: 'text' | 'signature'; readonly name: string; readonly label: string; /** Share of the row's width. */ readonly share: number; readonly lines?: number }
  | { readonly kind: 'checkbox'; readonly name: string; readonly label: string; readonly share: number }
  | { readonly kind: 'radio'; readonly name: string; readonly label: string; readonly options: readonly string[]; readonly share: number }

const PAGE = { width: 612, height: 792, margin: 48 } as const
const ink = rgb(0.1, 0.12, 0.16)
const quiet = rgb(0.38, 0.41, 0.47)
const rule = rgb(0.72, 0.75, 0.8)
const ROW = 34

/** Draw a form; the bytes are a PDF with empty fields. */
export async function drawForm(design: FormDesign): Promise<Uint8Array> {
  const pdf = PDF.create()
  pdf.setTitle(design.title)
  pdf.setProducer('Countersign')
  const form = pdf.getOrCreateForm()
  let page = beginPage(pdf, design)
  let y = PAGE.height - 118
  for (const section of design.sections) {
    if (y - 30 - heightOf(section.rows[0] ?? []) < PAGE.margin + 20) [page, y] = [beginPage(pdf, design), PAGE.height - 118]
    y = drawHeading(page, section, y)
    for (const row of section.rows) {
      if (y - heightOf(row) < PAGE.margin + 20) [page, y] = [beginPage(pdf, design), PAGE.height - 118]
      drawRow(form, page, row, y)
      y -= heightOf(row)
    }
    y -= 18
  }
  for (const [index, each] of pdf.getPages().entries())
    each.drawText(`${design.number}   page ${index + 1} of ${pdf.getPageCount()}`, { x: PAGE.margin, y: 30, size: 7.5, color: quiet })
  return pdf.save()
}

function beginPage(pdf: PDF, { title, subtitle }: FormDesign): PDFPage {
  const page = pdf.addPage({ width: PAGE.width, height: PAGE.height })
  page.drawText(title, { x: PAGE.margin, y: PAGE.height - 62, size: 15, font: 'Helvetica-Bold', color: ink })
  page.drawText(subtitle, { x: PAGE.margin, y: PAGE.height - 78, size: 8.5, color: quiet })
  page.drawLine({ start: { x: PAGE.margin, y: PAGE.height - 88 }, end: { x: PAGE.width - PAGE.margin, y: PAGE.height - 88 }, thickness: 1.2, color: ink })
  return page
}

function drawHeading(page: PDFPage, { heading, note }: Section, y: number): number {
  page.drawText(heading, { x: PAGE.margin, y, size: 10, font: 'Helvetica-Bold', color: ink })
  if (!note) return y - 10
  page.drawText(note, { x: PAGE.margin, y: y - 13, size: 7.5, color: quiet, maxWidth: PAGE.width - 2 * PAGE.margin, lineHeight: 9.5 })
  return y - 14 - 9.5 * Math.ceil(note.length / 128)
}

const linesOf = (cell: Cell): number => (cell.kind === 'text' ? (cell.lines ?? 1) : 1)
const heightOf = (row: readonly Cell[]): number => ROW + 12 * (Math.max(1, ...row.map(linesOf)) - 1)

function drawRow(form: PDFForm, page: PDFPage, row: readonly Cell[], top: number): void {
  const whole = PAGE.width - 2 * PAGE.margin
  let x = PAGE.margin
  for (const cell of row) {
    const width = whole * cell.share - 6
    if (cell.kind === 'checkbox') drawCheckbox(form, page, cell, { x, y: top - 24 })
    else if (cell.kind === 'radio') drawRadio(form, page, cell, { x, y: top - 24 }, width)
    else drawLine(form, page, cell, { x, y: top - 28 - 12 * (linesOf(cell) - 1), width })
    x += whole * cell.share
  }
}

function drawLine(form: PDFForm, page: PDFPage, cell: Extract<Cell, { kind: 'text' | 'signature' }>, { x, y, width }: { x: number; y: number; width: number }): void {
  const height = 16 + 12 * (linesOf(cell) - 1)
  page.drawText(cell.label, { x, y: y + height + 3, size: 6.8, color: quiet })
  page.drawLine({ start: { x, y }, end: { x: x + width, y }, thickness: 0.6, color: rule })
  const field = form.createTextField(cell.name, { fontSize: 9.5, multiline: linesOf(cell) > 1, borderWidth: 0 })
  field.acroField().set('TU', label(cell.label))
  page.drawField(field, { x, y, width, height })
}

function drawCheckbox(form: PDFForm, page: PDFPage, cell: Cell, { x, y }: { x: number; y: number }): void {
  const field = form.createCheckbox(cell.name, { onValue: 'Yes', borderColor: rule })
  field.acroField().set('TU', label(cell.label))
  page.drawField(field, { x, y, width: 10, height: 10 })
  page.drawText(cell.label, { x: x + 15, y: y + 2, size: 8, color: ink })
}

function drawRadio(form: PDFForm, page: PDFPage, cell: Extract<Cell, { kind: 'radio' }>, { x, y }: { x: number; y: number }, width: number): void {
  page.drawText(cell.label, { x, y: y + 15, size: 6.8, color: quiet })
  const field = form.createRadioGroup(cell.name, { options: [...cell.options], borderColor: rule })
  field.acroField().set('TU', label(cell.label))
  for (const [index, option] of cell.options.entries()) {
    const left = x + (width / cell.options.length) * index
    page.drawField(field, { x: left, y, width: 10, height: 10, option })
    page.drawText(option, { x: left + 14, y: y + 2, size: 8, color: ink })
  }
}

const label = (text: string): PdfString => PdfString.fromString(text)
