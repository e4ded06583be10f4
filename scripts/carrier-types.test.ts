import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { carrierTypes, carrierTypesFile } from './carrier-types.ts'

test('the client that plays the carrier in the tests is generated from the document as it is; where it is not, node scripts/carrier-types.ts', async () => {
  expect(readFileSync(carrierTypesFile, 'utf8')).toBe(await carrierTypes())
})
