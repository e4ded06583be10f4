/**
 * One record of RFC 4180: fields with a comma, a quote or a line break are quoted, the line ends in CRLF. A field that a
 * spreadsheet would take for a formula (OWASP, CSV injection) gets an apostrophe in front.
 */
export const csvRecord = (fields: readonly (string | number | null)[]): string => `${fields.map(csvField).join(',')}\r\n`

function csvField(value: string | number | null): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
