import { Hono } from 'hono'
import { copiedFileRoutes, isCopiedFilePath } from './contracting/producers/file-routes.ts'
import { fileRoutes, isDocumentPath } from './core/documents/file-routes.ts'
import type { Door } from './core/door.ts'
import { Fault } from './core/failure.ts'

/** Paths whose bodies and answers are files: they stream, and never pass a page. */
export const isFilePath = (path: string): boolean => isDocumentPath(path) || isCopiedFilePath(path)

/** Every way in and out for files that people use. Carriers have their own, in their API. */
export const files = new Hono<{ Bindings: { door: Door } }>()
  .route('/', fileRoutes)
  .route('/', copiedFileRoutes)
  .notFound(() => {
    throw new Fault({ code: 'not_found' })
  })
  .onError((thrown) => {
    throw thrown // the entry answers, with a page where a page was asked for
  })
