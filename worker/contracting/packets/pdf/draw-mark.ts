import { rgb, type PDF } from '@libpdf/core'
import type { SignatureMark } from '../contract.ts'
import { fittingSize, type Lettering } from './lettering.ts'

/** Where something of the signature goes: a field's place on the joined pages. */
export type MarkPlace = { readonly page: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const ink = rgb(0.07, 0.13, 0.36)

/** Put a signature into its place: what was typed in a slanted hand, or what was drawn, scaled to fit. */
export function drawMark(pdf: PDF, lettering: Lettering, place: MarkPlace, mark: SignatureMark): void {
  const page = pdf.getPage(place.page - 1)
  if (!page) return
  if (mark.kind === 'typed') {
    const size = fittingSize(mark.name, lettering, place.width - 6, Math.min(16, place.height - 2)) ?? 5
    lettering.draw(page, mark.name, { x: place.x + 3, y: place.y + place.height * 0.25, size, font: 'Times-Italic', color: ink })
    return
  }
  const scale = Math.min((place.width - 6) / mark.width, (place.height - 2) / mark.height)
  for (const stroke of mark.strokes)
    for (const [index, [x, y]] of stroke.entries()) {
      const [nextX, nextY] = stroke[index + 1] ?? [x, y]
      const at = (left: number, down: number) => ({ x: place.x + 3 + left * scale, y: place.y + place.height - 1 - down * scale })
      page.drawLine({ start: at(x, y), end: at(nextX, nextY), thickness: 1, color: ink, lineCap: 'round' })
    }
}

/** A line of text beside a signature: the name in print, the day. */
export function drawLineOfText(pdf: PDF, lettering: Lettering, place: MarkPlace, text: string): void {
  const size = fittingSize(text, lettering, place.width - 4, Math.min(10, place.height - 4)) ?? 5
  lettering.draw(pdf.getPage(place.page - 1), text, { x: place.x + 2, y: place.y + (place.height - size * 0.72) / 2, size })
}
