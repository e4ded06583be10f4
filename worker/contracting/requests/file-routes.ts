import { Hono } from 'hono'
import type { Door } from '../../core/door.ts'
import { answerOf } from '../../core/documents/file-routes.ts'
import type { OpenedDocument } from '../../core/documents/open-document.ts'
import { Fault, isFault, type Failure } from '../../core/failure.ts'
import { enterCarrier } from '../carriers/enter-carrier.ts'
import { CARRIER_FILES, openFile } from './fetch-document.ts'

/** The way out for documents that a carrier asked a link for. Streams; a key of another carrier gets what a changed link gets. */
export const carrierFileRoutes = new Hono<{ Bindings: { door: Door } }>().get(`${CARRIER_FILES}/*`, async (c) => {
  const { door } = c.env
  // Hono answers HEAD with the GET route; a download that nobody reads must not stand in the log as one.
  if (door.request.method !== 'GET') throw new Fault({ code: 'method_not_allowed', allow: ['GET'] })
  const { document } = await enterCarrier<{ status: number; document: OpenedDocument }>(door, { method: 'get', path: `${CARRIER_FILES}/{documentId}/{expiresAt}/{mac}` }, async (ctx) => ({ status: 200, document: await openFile(ctx, door.url) })).catch((thrown: unknown) => {
    throw isFault(thrown) && hidden.has(thrown.failure.code) ? new Fault({ code: 'link_refused' }) : thrown
  })
  return answerOf(document)
})

/** Failures that say what is there rather than what is wrong with the link. */
const hidden: ReadonlySet<Failure['code']> = new Set<Failure['code']>(['not_found'])
