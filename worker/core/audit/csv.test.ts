import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { csvRecord } from './csv.ts'

test('a record ends in CRLF and quotes what needs quoting', () => {
  expect(csvRecord(['a', 1, null, 'b,c', 'say "yes"', 'two\nlines'])).toBe('a,1,,"b,c","say ""yes""","two\nlines"\r\n')
})

test('[CLN-44] what a spreadsheet would calculate is text, on its first line or a later one', () => {
  for (const formula of ['=1+1', '=1+1\nmore', '+1', '-1', '@SUM(A1)', '\tx', '\r=x']) expect(csvRecord([formula]).replace(/^"/, '')[0]).toBe("'")
  expect(csvRecord([-5])).toBe('-5\r\n')
})

test('any fields come back from a reader of RFC 4180', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r]/.test(text)), { minLength: 2, maxLength: 6 }), (fields) => {
      expect(Papa.parse<string[]>(csvRecord(fields).replace(/\r\n$/, ''), { delimiter: ',', newline: '\r\n' }).data).toEqual([fields])
    }),
  )
})
