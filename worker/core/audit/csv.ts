import Papa from 'papaparse'

/** What a spreadsheet would take for a formula (OWASP, CSV injection). papaparse's own pattern passes over text of several lines. */
const formula = /^[=+\-@\t\r]/

/** One record of RFC 4180. Text that begins like a formula gets an apostrophe in front. */
export const csvRecord = (fields: readonly (string | number | null)[]): string => `${Papa.unparse([[...fields]], { newline: '\r\n', escapeFormulae: formula })}\r\n`
