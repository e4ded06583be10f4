import { spansOf, type Span } from './span.ts'

const months = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
const day = String.raw`(?:0?[1-9]|[12]\d|3[01])`
const ordinal = String.raw`${day}(?:st|nd|rd|th)?`
/** A year in which somebody who telephones was born; a policy's dates are later. */
const bornIn = String.raw`(?:19\d\d|200\d|2010)`
const bornInShort = String.raw`['’]?(?:3[1-9]|[4-9]\d)`
const anyYear = String.raw`(?:(?:19|20)\d\d|['’]?\d\d)`
const between = String.raw`\s?[/.\-–]\s?`

/** The shapes of a date with the given year. */
const shapes = (year: string): string =>
  [
    `${day}${between}${day}${between}${year}`,
    `${day}[\\s-]+${months}[\\s,-]+${year}`,
    `${months}\\s+${ordinal},?\\s+(?:of\\s+)?${year}`,
    `(?:the\\s+)?${ordinal}\\s+(?:of\\s+)?${months},?\\s+${year}`,
  ].join('|')
const isoShapes = `${bornIn}[/.\\-–](?:0?[1-9]|1[0-2])[/.\\-–]${day}`

const start = String.raw`(?<![\p{L}\p{N}])`
const end = String.raw`(?![\p{L}\p{N}])`

const unlabelled = new RegExp(`${start}(?:${isoShapes}|${shapes(`(?:${bornIn}|${bornInShort})`)})${end}`, 'gdiu')

const label = String.raw`(?:\bborn\b|\bbirth(?:day|date|s)?\b|\bd\.?\s?o\.?\s?b\b\.?)`
/** After a word of birth, any date counts: one of this century, one without its year, eight digits in a row. */
const labelled = new RegExp(`${label}[^.!?\\n]{0,40}?${start}(${isoShapes}|(?:19|20)\\d\\d[/.\\-–]${day}[/.\\-–]${day}|${shapes(anyYear)}|(?:19|20)\\d{6}|\\d{4}(?:19|20)\\d\\d|${months}\\s+${ordinal}|(?:the\\s+)?${ordinal}\\s+(?:of\\s+)?${months})${end}`, 'gdiu')

/** Dates of birth: dates after a word of birth, and any full date of a year in which callers were born. */
export const birthDates = (text: string): Span[] => [...spansOf('DOB', text, labelled), ...spansOf('DOB', text, unlabelled)]
