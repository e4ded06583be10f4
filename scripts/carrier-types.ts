import { writeFileSync } from 'node:fs'
import process from 'node:process'
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPI3 } from 'openapi-typescript'
import { carrierFace } from '../worker/contracting/carriers/carrier-routes.ts'
import { carrierReaders } from '../worker/contracting/carriers/readers.ts'
import { openApiDocument } from '../worker/core/api/openapi.ts'

// The types of the carriers' API, as a carrier's own developers would generate them from its document. `node scripts/carrier-types.ts` writes them anew.

/** Where the tests' carrier has them. */
export const carrierTypesFile = 'tests/support/carrier-api.d.ts'

export async function carrierTypes(): Promise<string> {
  const document = openApiDocument(carrierFace, { origin: 'https://countersign.example', version: '1' }, carrierReaders)
  return `${COMMENT_HEADER}${astToString(await openapiTS(document as unknown as OpenAPI3))}` // `as`: a test holds the document to OpenAPI 3.1
}

if (process.argv[1]?.endsWith('carrier-types.ts')) writeFileSync(carrierTypesFile, await carrierTypes())
