import { luhn } from '../../core/ai/luhn.ts'

/** What stands where a card's number was said: no longer than the shortest of them, so that no text grows past its limit. */
const LEFT_OUT = '[card number]'

/** Numbers of payment cards by their networks' ranges and lengths (ISO/IEC 7812): Visa, Mastercard twice, American Express, Diners, JCB, Discover. */
const ranges = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12})$/

const begins = /(?<![\p{L}\p{N}])[2-6](?=\d)/gu
const run = /^\d(?:[ -]?\d){12,18}/
/** The run and what follows it: nineteen digits, each with something between. */
const LONGEST = 38

/**
 * What was said without the numbers of payment cards: they end where a dialler's message is read, and are sealed nowhere and handed to
 * nobody. A number counts as one by its range, its length and its check digit; whatever else has many digits stays. Pure.
 */
export function withoutCards(text: string): string {
  let [kept, at] = ['', 0]
  for (const { index } of text.matchAll(begins)) {
    const length = index < at ? 0 : cardLength(text.slice(index, index + LONGEST))
    if (length === 0) continue
    kept += text.slice(at, index) + LEFT_OUT
    at = index + length
  }
  return kept + text.slice(at)
}

/** How many characters of a text that begins with digits are a card's number; 0 for none. An expiry date may follow it. */
function cardLength(text: string): number {
  const digits = run.exec(text)?.[0] ?? ''
  for (let length = digits.length; length > 12; length -= 1) {
    const number = text.slice(0, length)
    if (/\d$/.test(number) && !/^[\p{L}\p{N}]/u.test(text.slice(length)) && ranges.test(number.replace(/\D/g, '')) && luhn(number)) return length
  }
  return 0
}
