import { findPhoneNumbersInText } from 'libphonenumber-js/max'
import { luhn } from './luhn.ts'
import { spansOf, type Kind, type Span } from './span.ts'

const start = String.raw`(?<![\p{L}\p{N}])`
const open = String.raw`${start}\(?`
const end = String.raw`(?![\p{L}\p{N}])`
/** Between a label and what it labels: "number", "is", a colon. */
const filler = String.raw`(?:[\s:#=,-]|\b(?:numbers?|no|num|nr|id|is|was|it['’]?s|its|are|of|on|file|mine|my|her|his|your|their|the|a|that['’]?s|card|says?|under|to|as|reads?|ends?|starts?|with)\b\.?){0,14}`
/** Letters and digits in one word, with hyphens, or in groups of digits; at least four digits among them. Bounded, as every repetition here: a text made to be slow must not be. */
const token = String.raw`(?=(?:(?:[A-Z/-]| (?=\d)){0,12}\d){4})[A-Z0-9]{1,24}(?:(?:[-/]| (?=\d))[A-Z0-9]{1,24}){0,5}`

const after = (label: string, value: string): RegExp => new RegExp(`\\b${label}\\b${filler}${start}(${value})${end}`, 'gdiu')
const said = (value: string, label: string): RegExp => new RegExp(`${start}(${value})${end}[\\s,(]*(?:that['’]s|which is|it['’]s|is|was|as|for)?\\s*(?:the|my|her|his|your|our|their)?\\s*\\b${label}\\b`, 'gdiu')

const licence = String.raw`(?:licen[cs]es?|DL|dee\s?ell)`
const policy = String.raw`(?:polic(?:y|ies)|certificate|claim|contract|binder|member(?:ship)?|account|application|quote)`
const digits = (least: number, most: number) => String.raw`\d(?:[ -]?\d){${least - 1},${most - 1}}`

/** By kind, first the surest; each pattern has its reason to be believed: a label, a shape, a check digit. */
const patterns: readonly (readonly [Kind, RegExp, ((found: string) => boolean)?])[] = [
  ['NPI', after(String.raw`(?:NPI|national provider (?:identifier|number|id))`, digits(10, 10))],
  ['NPN', after(String.raw`(?:NPN|(?:national )?producer (?:number|no|id))`, digits(5, 10))],
  ['NPN', said(digits(5, 10), 'NPN')],
  ['NPI', said(digits(10, 10), 'NPI')],
  ['NPI', new RegExp(`${start}[12]\\d{9}${end}`, 'gdu'), (found) => luhn(`80840${found}`)],
  ['SSN', new RegExp(`${start}(?:\\d{3}[–-]\\d{2}[–-]\\d{4}|\\d{3} \\d{2} \\d{4}|\\d{3}\\.\\d{2}\\.\\d{4}|\\d{9})${end}`, 'gdu')],
  ['SSN', after(String.raw`(?:SSN|social(?: security)?)`, digits(9, 9))],
  ['CARD', new RegExp(`${start}(?:\\d{4}(?:[ -]?\\d{4}){3}\\d{0,3}|\\d{4}[ -]?\\d{6}[ -]?\\d{4,5}|\\d{13,19})${end}`, 'gdu'), luhn],
  ['LICENCE', after(licence, token)],
  ['LICENCE', said(token, String.raw`(?:\w+(?:['’]s)? ){0,2}${licence}`)],
  ['POLICY', after(String.raw`${policy}\s(?:numbers?|no|num|id|#)`, token)],
  ['POLICY', after(policy, token), (found) => !isDateOrAmount(found)],
  ['POLICY', new RegExp(`${start}[A-Z]{1,5}(?:-?\\d{2,4})?[ -]?\\d{6,14}${end}`, 'gdu'), (found) => !/^(?:NPI|NPN|SSN|DL|DOB) /.test(found)],
  ['POLICY', new RegExp(`${start}[A-Z]{2,5}-\\d{2,8}-\\d{3,8}(?:-\\d{1,4})?${end}`, 'gdu')],
  ['PHONE', new RegExp(`${open}(?:\\+?1[\\s.–-]?)?\\(?\\d{3}\\)?[\\s./–-]{0,2}\\d{3}[\\s.–-]?\\d{4}(?:\\s?(?:x|ext\\.?|extension)\\s?\\d{1,6})?${end}`, 'gdiu')],
  ['PHONE', new RegExp(`${start}\\d{3}[.–-]\\d{4}${end}`, 'gdu')],
  ['PHONE', new RegExp(String.raw`\+\d(?:[\s.()–-]{0,2}\d){6,14}` + end, 'gdu')],
  ['NUMBER', new RegExp(`${start}\\d(?:\\s\\d){5,}${end}`, 'gdu')],
  ['NUMBER', new RegExp(`${start}\\d(?:-?\\d){8,}${end}`, 'gdu')],
]

/** A year, a date, or a number of dollars is on many a policy and names nobody. */
const isDateOrAmount = (found: string): boolean => /^(?:19|20)\d\d$/.test(found) || /^\d{4,6}$/.test(found) || /^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$/.test(found)

/** Numbers that stand for a person: by label, by shape or by check digit; phone numbers of the world by their plans. */
export function numbers(text: string): Span[] {
  const found = patterns.flatMap(([kind, pattern, holds]) => spansOf(kind, text, pattern, holds))
  const phones = findPhoneNumbersInText(text, { defaultCountry: 'US' }).map(({ startsAt, endsAt }): Span => ({ kind: 'PHONE', from: startsAt, to: endsAt }))
  return [...found, ...phones]
}

/** E-mail addresses, written and as a transcript spells them: "casey dot canary at example dot com". */
export const emails = (text: string): Span[] => [
  ...spansOf('EMAIL', text, /[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/dgu),
  ...spansOf('EMAIL', text, /\b[\p{L}\p{N}]{1,40}(?: (?:dot|underscore|dash) [\p{L}\p{N}]{1,40}){0,3} at [\p{L}\p{N}-]{1,40}(?: dot [\p{L}\p{N}-]{1,40}){0,2} dot (?:com|net|org|edu|gov|io|us)\b/dgiu),
]
