import typefaces from '#typefaces' with { type: 'json' }
import { measureText, PDF, type DrawTextOptions, type EmbeddedFont, type PDFPage, type Standard14FontName } from '@libpdf/core'

/** How a line is drawn; `font` is for what that standard font can print, the rest is drawn upright. */
export type Line = Pick<DrawTextOptions, 'color'> & { readonly x: number; readonly y: number; readonly size: number; readonly font?: Standard14FontName; readonly maxWidth?: number }

/** Draws and measures lines of text for one PDF. */
export type Lettering = {
  /** The first character that no typeface of ours has, or null. */
  readonly missing: (text: string) => string | null
  readonly width: (text: string, size: number) => number
  readonly draw: (page: PDFPage | null, text: string, line: Line) => void
}

/** What the standard fonts of a PDF can print: Windows-1252. The library draws anything else as nothing. */
const standard = /^[\x20-\x7e\xa0-\xff\n€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u

type Run = { readonly font: EmbeddedFont; readonly text: string }

/**
 * The lettering of a PDF. What the standard fonts print is left to them; for any other text typefaces of ours are read, once, and go into
 * the file with the glyphs that were drawn: one like Helvetica, with Greek, Cyrillic and most of Latin, and for the rest of Latin a monospaced one, which
 * then writes the whole text, so that a name is not in two hands.
 */
export function letteringOf(pdf: PDF = PDF.create()): Lettering {
  const read: { sans?: EmbeddedFont[]; mono?: EmbeddedFont[] } = {}
  const faces = (kind: 'sans' | 'mono') => (read[kind] ??= typefaces[kind].map((file) => pdf.embedFont(new Uint8Array(Buffer.from(file, 'base64')))))
  const inOrder = (text: string) => (hasAll(faces('sans'), text) ? faces('sans') : [...faces('mono'), ...faces('sans')])
  const width = (text: string, size: number) => (standard.test(text) ? measureText(text, 'Helvetica', size) : widthOf(runsOf(text, inOrder(text)), size))
  return {
    missing: (text) => (standard.test(text) ? null : ([...text.normalize('NFC')].find((each) => each !== '\n' && !inOrder(each).some((face) => face.canEncode(each))) ?? null)),
    width,
    draw: (page, text, { x, y, size, font = 'Helvetica', color, maxWidth }) => {
      const ink = { size, ...(color ? { color } : {}) }
      if (standard.test(text)) return page?.drawText(text, { ...ink, x, y, font, ...(maxWidth ? { maxWidth } : {}) })
      const order = inOrder(text)
      for (const [nth, line] of (maxWidth ? broken(text, (part) => widthOf(runsOf(part, order), size) <= maxWidth) : [text]).entries()) {
        let left = x
        for (const run of runsOf(line, order)) {
          page?.drawText(run.text, { ...ink, x: left, y: y - 1.2 * size * nth, font: run.font })
          left += widthOf([run], size)
        }
      }
    },
  }
}

/** A text with what no typeface has shown as a question mark: for lines of ours that name a file or a browser. */
export const asPrintable = (text: string, { missing }: Lettering): string => (missing(text) === null ? text : [...text.normalize('NFC')].map((each) => (missing(each) === null ? each : '?')).join(''))

const hasAll = (faces: readonly EmbeddedFont[], text: string): boolean => [...text.normalize('NFC')].every((each) => each === '\n' || faces.some((face) => face.canEncode(each)))

/** A line as stretches of one file each: a typeface comes in several, by script. */
function runsOf(text: string, order: readonly EmbeddedFont[]): Run[] {
  const runs: { font: EmbeddedFont; text: string }[] = []
  for (const each of text.normalize('NFC')) {
    const font = order.find((face) => face.canEncode(each))
    const last = runs.at(-1)
    if (font && last?.font === font) last.text += each
    else if (font) runs.push({ font, text: each })
  }
  return runs
}

const widthOf = (runs: readonly Run[], size: number): number => runs.reduce((sum, { font, text }) => sum + font.widthOfTextAtSize(text, size), 0)

/** Broken where it says so, and between words where a line would be too wide. */
const broken = (text: string, fits: (line: string) => boolean): string[] =>
  text.split('\n').flatMap((paragraph) =>
    paragraph.split(' ').reduce<string[]>((lines, word) => {
      const last = lines.at(-1)
      return last !== undefined && fits(`${last} ${word}`) ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word]
    }, []),
  )

/** The size, at most `wanted`, at which one line fits a width; null where it would be too small to read. */
export function fittingSize(text: string, { width }: Lettering, room: number, wanted: number): number | null {
  const atOne = width(text, 1)
  const size = atOne === 0 ? wanted : Math.min(wanted, room / atOne)
  return size >= SMALLEST ? size : null
}

/** Points below which nobody reads a form. */
const SMALLEST = 4.5
