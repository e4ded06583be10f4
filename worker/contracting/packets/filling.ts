import type { PDF } from '@libpdf/core'
import type { MappingRule, PacketForm, PdfField, SignaturePlace } from './contract.ts'
import { factsOf, type PacketSource } from './facts.ts'
import { drawLeft, fillForm, type LeftToDraw } from './pdf/fill-form.ts'
import { joinPages } from './pdf/join-pages.ts'
import { letteringOf } from './pdf/lettering.ts'
import { openChecked } from './pdf/open-pdf.ts'
import { valuesOf } from './values.ts'

/** Fill every form of a packet from one source and join them: the file for the carrier (`full`), or the copy that may be shown. */
export async function filledPdf(form: PacketForm, files: readonly Uint8Array[], source: PacketSource, as: 'full' | 'masked', terms: { title: string; at: number }): Promise<PDF> {
  const fact = factsOf(source, as)
  const filled: PDF[] = []
  const left: LeftToDraw[][] = []
  for (const [index, part] of form.parts.entries()) {
    const pdf = await openChecked(files[index] ?? new Uint8Array())
    left.push(fillForm(pdf, part.fields, valuesOf(form.mapping.filter((rule) => rule.part === index), part.fields, fact)))
    filled.push(pdf)
  }
  const joined = await joinPages(filled, terms.title, terms.at)
  const lettering = letteringOf(joined)
  for (const [index, texts] of left.entries()) drawLeft(joined, lettering, texts, firstPages(form.parts)[index] ?? 0)
  return joined
}

/** How many pages stand before each part. */
const firstPages = (parts: PacketForm['parts']): number[] => parts.map((_, index) => parts.slice(0, index).reduce((sum, { pages }) => sum + pages, 0))

/** Where name, date and mark of the signature go on the joined pages. */
export function signaturePlaces({ parts, mapping }: PacketForm): SignaturePlace[] {
  const firstPage = firstPages(parts)
  return mapping.flatMap((rule) => {
    const { source } = rule
    if (source.from !== 'signature') return []
    return boxesOf(rule, parts[rule.part]?.fields ?? []).map(({ page, x, y, width, height }) => ({ what: source.what, page: page + (firstPage[rule.part] ?? 0), x, y, width, height }))
  })
}

const boxesOf = (rule: MappingRule, fields: readonly PdfField[]): PdfField['boxes'] => fields.find(({ name }) => name === rule.field)?.boxes ?? []
