import type { JobParts } from '../job.ts'
import type { SealedField } from '../module.ts'

/**
 * What a probe measured, in the control's own words and, where there is one, as a number for the chart. Passed without a
 * number means that there was nothing to measure: the control then says `unread`, not `active`.
 */
export type Reading = { readonly passed: boolean; readonly value: string; readonly measure: number | null }

/** What a probe may use: the reach of a job, the sealed fields of every manifest, and the product's own front door. */
export type ProbeParts = JobParts & {
  readonly sealedFields: readonly SealedField[]
  /** Sends a request through our own entry, as a stranger would. */
  readonly knock: (request: Request) => Promise<Response>
}

/** One measurement of the running system. It changes nothing that it measures. */
export type Probe = { readonly id: string; readonly says: string; readonly unit: string; readonly measure: (parts: ProbeParts) => Promise<Reading> }
