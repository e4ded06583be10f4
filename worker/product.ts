import proofs from '#proofs'
import { openApiDocument } from './core/api/openapi.ts'
import type { Product } from './core/product.ts'
import type { Reach } from './core/reach.ts'
import { readTrust } from './core/trust/read-trust.ts'
import { apiRoutes, mailTemplates, manifests, probes } from './modules.ts'

/** Every manifest, probe and route put together for the pages and documents that show the whole. */
export const productOf = (reach: Reach, now: number): Product => ({
  trust: () => readTrust(reach, now, manifests, probes, proofs),
  events: () => manifests.flatMap(({ events }) => events.map(({ eventName, says }) => ({ name: eventName, says }))),
  mails: () => mailTemplates.map(({ name, says }) => ({ name, says })),
  openApi: () => openApiDocument(apiRoutes, { origin: reach.env.ORIGIN, version: reach.env.VERSION }),
})
