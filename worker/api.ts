import { Hono } from 'hono'
import { auditRoutes } from './core/audit/routes.ts'
import { answerRoute } from './core/api/mount.ts'
import { openApiDocument } from './core/api/openapi.ts'
import { apiKeyRoutes } from './core/api/routes.ts'
import type { ApiRoute } from './core/api/route.ts'
import type { Door } from './core/door.ts'
import { failureOf, problem } from './problem.ts'

/** What a handler of ours is given. */
export type ApiEnv = { Bindings: { door: Door } }

/** Every declared route: what the sweep walks, the fuzzer feeds and the document tells. */
export const apiRoutes: readonly ApiRoute[] = [...apiKeyRoutes, ...auditRoutes]

/** Paths that the API answers; everything else is a page. */
export const isApiPath = (path: string): boolean => /^\/(api\/(v1|openapi\.json)|hooks|healthz|trust\.json|\.well-known)(\/|$)/.test(path)

const app = new Hono<ApiEnv>()
  .get('/healthz', (c) => c.json({ ok: true, version: c.env.door.reach.env.VERSION }))
  .get('/api/openapi.json', (c) => c.json(openApiDocument(apiRoutes, { origin: c.env.door.reach.env.ORIGIN, version: c.env.door.reach.env.VERSION })))

for (const route of apiRoutes) {
  app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => answerRoute(c.env.door, route, c.req.param()))
}

/** The API. A path that exists under another method says which ones it has. */
export const api = app
  .notFound((c) => {
    const allow = apiRoutes.filter((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(new URL(c.req.url).pathname)).map((route) => route.method.toUpperCase())
    return problem(allow.length > 0 ? { code: 'method_not_allowed', allow } : { code: 'not_found' })
  })
  .onError((thrown) => problem(failureOf(thrown)))
