import { Hono } from 'hono'
import { answering } from './core/api/mount.ts'
import type { ApiRoute } from './core/api/route.ts'
import type { Door } from './core/door.ts'
import type { Product } from './core/product.ts'
import { takeHook } from './core/hooks/take-hook.ts'
import { securityTxt } from './core/trust/security-txt.ts'
import { popSocketRoutes } from './calls/pop/socket-routes.ts'
import { carrierFileRoutes } from './contracting/requests/file-routes.ts'
import { carrierEntrance } from './contracting/carriers/enter-carrier.ts'
import { apiRoutes, carrierApiRoutes, hookSenders } from './modules.ts'
import { failureOf, problem } from './problem.ts'

/** What a handler of ours is given. */
export type ApiEnv = { Bindings: { door: Door; product: Product } }

/** What a sender outside is told to call: nobody is signed in there, and the message itself is the proof. */
export const isHookPath = (path: string): boolean => path.startsWith('/hooks/')

/** Paths that the API answers; everything else is a page. */
export const isApiPath = (path: string): boolean => /^\/(api\/(v1|openapi\.json|carrier)|hooks|sockets|healthz|trust\.json|\.well-known)(\/|$)/.test(path)

const app = new Hono<ApiEnv>()
  .get('/healthz', (c) => c.json({ ok: true, version: c.env.door.reach.env.VERSION }))
  .get('/api/openapi.json', (c) => c.json(c.env.product.openApi()))
  .get('/api/carrier/openapi.json', (c) => c.json(c.env.product.carrierOpenApi()))
  .get('/trust.json', async (c) => c.json(await c.env.product.trust()))
  .get('/.well-known/security.txt', (c) => c.text(securityTxt(c.env.door.reach.env, c.env.door.now)))
  .post('/hooks/:sender/:address', (c) => takeHook(c.env.door, hookSenders, c.req.param()))

app.route('/', carrierFileRoutes)
app.route('/', popSocketRoutes)

for (const route of apiRoutes) mount(route, answering(route))
for (const route of carrierApiRoutes) mount(route, answering(route, carrierEntrance))

function mount({ method, path }: ApiRoute, answer: ReturnType<typeof answering>): void {
  app.on(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => answer(c, c.env.door))
}

/** The API. A path that exists under another method says which ones it has. */
export const api = app
  .notFound((c) => {
    const allow = [...apiRoutes, ...carrierApiRoutes].filter((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(new URL(c.req.url).pathname)).map((route) => route.method.toUpperCase())
    return problem(allow.length > 0 ? { code: 'method_not_allowed', allow } : { code: 'not_found' })
  })
  .onError((thrown) => problem(failureOf(thrown)))
