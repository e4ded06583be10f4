import type { AreaDeclarations } from '../area.ts'

/** What the producer's own record declares. */
export const passportArea = {
  rights: [],
  sealedFields: [],
  events: [],
  limits: [],
  retention: [],
  controls: [],
  reveals: [],
} as const satisfies AreaDeclarations
