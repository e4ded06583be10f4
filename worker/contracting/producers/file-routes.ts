import { Hono } from 'hono'
import type { Door } from '../../core/door.ts'
import { fileFor } from '../../core/documents/file-routes.ts'
import { Fault } from '../../core/failure.ts'
import { openCopiedDocument, PRODUCER_FILES } from './open-documents.ts'

export const isCopiedFilePath = (path: string): boolean => path.startsWith(`${PRODUCER_FILES}/`)

/** The way out for a producer's documents that somebody opened: through the links of that opening, for no program. */
export const copiedFileRoutes = new Hono<{ Bindings: { door: Door } }>().get(`${PRODUCER_FILES}/*`, async (c) => {
  const { door } = c.env
  // Hono answers HEAD with the GET route; a download that nobody reads must not stand in the log as one.
  if (door.request.method !== 'GET') throw new Fault({ code: 'method_not_allowed', allow: ['GET'] })
  return fileFor(door, null, (ctx) => openCopiedDocument(ctx, door.url))
})
