import proofs from '#proofs'
import { openApiDocument } from './core/api/openapi.ts'
import type { Product } from './core/product.ts'
import type { Reach } from './core/reach.ts'
import { readTrust } from './core/trust/read-trust.ts'
import type { StandIn } from './core/trust/vendors.ts'
import { carrierReaders } from './contracting/carriers/readers.ts'
import { apiRoutes, carrierApiRoutes, elsewhere, hookTemplates, mailTemplates, manifests, probes, sweeps } from './modules.ts'

/**
 * Every manifest, probe and route put together for the pages and documents that show the whole. `standIns` is what the
 * sandbox's entry says of itself; production has none to name.
 */
export const productOf = (reach: Reach, now: number, standIns: readonly StandIn[] | null): Product => ({
  trust: () => readTrust(reach, now, { manifests, probes, proofs, sweeps, elsewhere, standIns }),
  events: () => manifests.flatMap(({ events }) => events.map(({ eventName, says }) => ({ name: eventName, says }))),
  mails: () => [...mailTemplates, ...hookTemplates].map(({ name, says }) => ({ name, says })),
  openApi: () => openApiDocument(apiRoutes, { origin: reach.env.ORIGIN, version: reach.env.VERSION }),
  carrierOpenApi: () => openApiDocument(carrierApiRoutes, { origin: reach.env.ORIGIN, version: reach.env.VERSION }, carrierReaders),
})
