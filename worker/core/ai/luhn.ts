/** Whether the digits of a text end in their own check digit (ISO/IEC 7812-1, annex B). */
export function luhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].toReversed().map(Number)
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return digits.length > 1 && sum % 10 === 0
}
