import { spansOf, type Span } from './span.ts'

/**
 * A known person's name, however it is bent: any part of it or several together, in any capitals, with or without its
 * accents, plural, possessive, family name first, or with one part as an initial. A part that is also an everyday word
 * ("will", "may", "page") or has two letters counts only with a capital, or beside another part: else every second sentence would change.
 */
export function knownNames(text: string, names: readonly string[]): Span[] {
  return names.flatMap((name) => {
    const parts = [...new Set(name.normalize('NFC').split(/[^\p{L}\p{M}]+/u).filter((part) => [...part].length > 1))]
    if (parts.length === 0) return []
    const whole = parts.map(bent)
    const initials = [...new Set(parts.map((part) => [...part][0] ?? ''))].map((letter) => `${spelled(letter)}\\.?`)
    const any = `(?:${whole.join('|')})`
    const joined = String.raw`(?:[\s,.'’-]{1,3}(?:${[...whole, ...initials].join('|')})${after})`
    const pattern = new RegExp(`${before}(?:\\p{L}['’])?(?:(?:${initials.join('|')})\\s{0,2}(?=${any}${after}))?${any}${after}${joined}*`, 'gdiu')
    return spansOf('NAME', text, pattern, (found) => isSaid(found, parts))
  })
}

const before = String.raw`(?<![\p{L}\p{M}\p{N}])`
const after = String.raw`(?![\p{L}\p{M}\p{N}])`

function isSaid(found: string, parts: readonly string[]): boolean {
  const words = found.split(/[^\p{L}\p{M}]+/u).filter((word) => [...word].length > 1)
  if (words.length > 1 || /^\p{Lu}/u.test(found)) return true
  const said = plain(words[0] ?? '')
  return !parts.some((part) => isEveryday(part) && said.startsWith(plain(part)))
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const isEveryday = (part: string): boolean => [...part].length < 3 || everyday.has(plain(part))

/** Given and family names of the US that are also words of a call with an insurance agency. */
const everyday = new Set(
  'will may grant page mark art bill bob rob sue pat drew chase chance hope faith joy grace rose lily dawn june april august summer autumn winter young long short brown white black green gray grey king price rich wise best good love case bush rice field fields hill hills stone wood woods banks bank cash cook baker carter driver hunter fisher taylor miller mason potter sharp stark frank ray dean guy jack gene rusty sandy misty amber ruby pearl crystal star sky skip miles major marshall park parks lane street rivers brook brooks wells day weeks monday english french holland law lord church temple cross pope bishop gold silver noble power powers early bright small little strong swift hardy moody self person people penny max victor van wade reed reid trip harmony destiny trinity storm iris ivy olive ginger cherry sage basil forest heath glen'.split(' '),
)

/** A part as a pattern: its letters in any spelling, then what may be put at its end. */
function bent(part: string): string {
  const stem = [...part].map(spelled)
  const plural = /y$/iu.test(part) ? `(?:${stem.join('')}|${stem.slice(0, -1).join('')}ie)` : stem.join('')
  return `${plural}(?:e?s)?(?:['’]s?)?`
}

/** One letter: itself, and for a Latin one all that it is with an accent, composed or not. */
function spelled(letter: string): string {
  const base = plain(letter)
  return /^[a-z]$/.test(base) ? `[${base}${accented[base] ?? ''}][\\u0300-\\u036f]*` : letter
}

/** The accented Latin letters (Latin-1 Supplement to Extended-B, and Extended Additional) by the letter under the accent. */
const accented: Readonly<Record<string, string>> = (() => {
  const by: Record<string, string> = { o: 'øØ', l: 'łŁ', d: 'đĐ', i: 'ıİ' }
  const codes = [...Array.from({ length: 0x24f - 0xc0 }, (_, at) => 0xc0 + at), ...Array.from({ length: 0x100 }, (_, at) => 0x1e00 + at)]
  for (const letter of codes.map((code) => String.fromCharCode(code))) {
    const base = plain(letter)
    if (/^[a-z]$/.test(base) && letter.normalize('NFD') !== letter) by[base] = (by[base] ?? '') + letter
  }
  return by
})()
