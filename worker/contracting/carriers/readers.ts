import type { Readers } from '../../core/api/openapi.ts'

/** For whom the carriers' document is. */
export const carrierReaders: Readers = {
  title: 'Countersign carrier API',
  summary: 'What a carrier’s programs may ask of an FMO that works with it.',
  schemes: { carrierKey: { type: 'http', scheme: 'bearer', description: 'A key that the FMO issued for this carrier, in the Authorization header only. It opens what was transmitted to this carrier, and nothing else.' } },
}
