import { Hono } from 'hono'
import type { Door } from './core/door.ts'
import { Fault } from './core/failure.ts'
import { failureOf, problem } from './entry.ts'

/** What a route of ours is given. */
export type ApiEnv = { Bindings: { door: Door } }

/** Paths that the API answers; everything else is a page. */
export const isApiPath = (path: string): boolean => /^\/(api|hooks|healthz|trust\.json|\.well-known)(\/|$)/.test(path)

export const api = new Hono<ApiEnv>()
  .get('/healthz', (c) => c.json({ ok: true, version: c.env.door.reach.env.VERSION }))
  .notFound(() => {
    throw new Fault({ code: 'not_found' })
  })
  .onError((thrown) => problem(failureOf(thrown)))
