import { measureText } from '@libpdf/core'

/** What the standard fonts of a PDF can print: Windows-1252. The library draws anything else as nothing, so it is asked before. */
const printable = /^[\x20-\x7e\xa0-\xff\n€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/u

/** The first character of a text that a form cannot print, or null. */
export const unprintable = (text: string): string | null => (printable.test(text) ? null : ([...text].find((character) => !printable.test(character)) ?? null))

/** A text with what no font prints shown as a question mark: for lines of ours that name a file or a browser. */
export const asPrintable = (text: string): string => [...text].map((character) => (printable.test(character) ? character : '?')).join('')

/** The size, at most `wanted`, at which one line fits a width; null where it would be too small to read. */
export function fittingSize(text: string, width: number, wanted: number): number | null {
  const atOne = measureText(text, 'Helvetica', 1)
  const size = atOne === 0 ? wanted : Math.min(wanted, width / atOne)
  return size >= SMALLEST ? size : null
}

/** Points below which nobody reads a form. */
const SMALLEST = 4.5
