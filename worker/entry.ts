import { WorkerEntrypoint } from 'cloudflare:workers'
import type { VerbsPort, WakeKind } from '../durable-objects/verbs-port.ts'
import { api, isApiPath, isHookPath } from './api.ts'
import { openNote, signNote } from './core/audit/signing.ts'
import { Door } from './core/door.ts'
import type { Env } from './core/env.ts'
import { report } from './core/failure.ts'
import { withHeaders } from './core/headers.ts'
import { reachOf, type Isolate, type Reach } from './core/reach.ts'
import { runCron } from './cron.ts'
import { files, isFilePath } from './files.ts'
import { failureOf, problem } from './problem.ts'
import { productOf } from './product.ts'
import { servePage } from './remix.ts'
import type { StandIn } from './core/trust/vendors.ts'
import { wake } from './wake.ts'

/** What one entry file decides: its clock, and what it serves besides the product. Production adds nothing. */
export type Entry = {
  readonly isolate: Isolate
  /** Epoch milliseconds. */
  readonly clock: (env: Env) => Promise<number>
  /** Answers before the product does, or null. */
  readonly beside?: (request: Request, env: Env, ctx: ExecutionContext, reach: Reach, now: number) => Promise<Response | null>
  /** What stands in for vendors here: the trust page says `sandbox` of each. Absent in production. */
  readonly standIns?: (env: Env) => readonly StandIn[]
}

/** The Worker's handlers for one entry. */
export const handlersOf = (entry: Entry): ExportedHandler<Env> => ({
  fetch: (request, env, ctx) => answer(entry, request, env, ctx),
  scheduled: async (controller, env, ctx) => {
    const reach = await reachOf(env, entry.isolate)
    const knock = (request: Request) => answer(entry, request as Request<unknown, IncomingRequestCfProperties>, env, ctx) // `as`: a probe has no edge in front of it
    await runCron({ reach, now: await entry.clock(env), later: (work) => ctx.waitUntil(work()), knock }, controller.cron)
  },
})

/** The entrypoint objects call back through `ctx.exports.Verbs`; they never touch D1, the vault or a clock themselves. */
export const verbsOf = (entry: Entry) =>
  class Verbs extends WorkerEntrypoint<Env> implements VerbsPort {
    async wake(kind: WakeKind, id: string): Promise<void> {
      const reach = await reachOf(this.env, entry.isolate)
      await wake({ reach, now: await this.now(), later: (work) => this.ctx.waitUntil(work()) }, kind, id)
    }
    now(): Promise<number> {
      return entry.clock(this.env)
    }
    signNote(text: string): Promise<string> {
      return signNote(this.env, text)
    }
    openNote(note: string): Promise<string | null> {
      return openNote(this.env, note)
    }
  }

async function answer(entry: Entry, request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
  const url = new URL(request.url)
  const refused = transportRefusal(request, url)
  if (refused) return refused
  if (url.pathname.startsWith('/assets/')) {
    const asset = await env.ASSETS.fetch(request)
    // What is missing today may be there after the next deploy: only what was found is kept for ever.
    return withHeaders(asset, { nonce: '', frame: 'deny', immutable: asset.ok || asset.status === 304 })
  }

  const found = await foundation(entry, env)
  if (!found) return withHeaders(problem({ code: 'unavailable', reason: 'not set up' }), { nonce: '', frame: 'deny', immutable: false })
  const { reach, now } = found
  const product = productOf(reach, now, entry.standIns?.(env) ?? null)
  const later = (work: () => Promise<unknown>) => ctx.waitUntil(work().catch((thrown: unknown) => report('later', thrown)))
  const pokes = isHookPath(url.pathname) ? entry.isolate.hookPokes : entry.isolate.pokes
  const door = new Door({ request, url, reach, now, later, wakeDrain: (log) => pokes.poke(reach.chain, log, now), formStreams: isFilePath(url.pathname) })
  try {
    const beside = await entry.beside?.(request, env, ctx, reach, now)
    if (beside) return door.finish(beside)
    if (!isHookPath(url.pathname)) await door.enter()
    if (isApiPath(url.pathname)) return door.finish(await api.fetch(request, { door, product }, ctx))
    if (isFilePath(url.pathname)) return door.finish(await files.fetch(request, { door }, ctx))
    return door.finish(await servePage(forPages(request, env.ORIGIN), { door, fault: null, product }))
  } catch (thrown) {
    const failure = failureOf(thrown)
    if (isApiPath(url.pathname) || !wantsPage(request)) return door.finish(problem(failure))
    // The same page as every other error: the root loader throws what is in the context.
    return door.finish(await servePage(new Request(url, { headers: request.headers }), { door, fault: failure, product }))
  }
}

/** Keys and clock, or null where the deployment lacks them: said in the log by name, answered with our headers. */
async function foundation(entry: Entry, env: Env): Promise<{ reach: Reach; now: number } | null> {
  try {
    return { reach: await reachOf(env, entry.isolate), now: await entry.clock(env) }
  } catch (thrown) {
    report('foundation', thrown)
    return null
  }
}

/** Plain HTTP goes to HTTPS; TLS below 1.2 is refused for everybody (CIQ-30). A loopback host is development by definition. */
function transportRefusal(request: Request, url: URL): Response | null {
  const terms = { nonce: '', frame: 'deny', immutable: false } as const
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    url.protocol = 'https:'
    return withHeaders(new Response(null, { status: 308, headers: { Location: url.href } }), terms)
  }
  const spoken = url.protocol === 'https:' ? request.cf?.tlsVersion : undefined // to a loopback nothing was spoken
  if (typeof spoken === 'string' && /^(SSLv\d|TLSv1(\.1)?)$/.test(spoken)) return withHeaders(problem({ code: 'tls_too_old', need: 'TLS 1.2' }), terms)
  return null
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

const wantsPage = (request: Request): boolean => (request.headers.get('Accept') ?? '').includes('text/html')

/**
 * Remix gets no body to read: the door has read the form, and files never pass a page. It compares an action's Origin with
 * whatever the client calls our host, and fails when they differ; the door has compared it with our own, so it is told that.
 */
function forPages(request: Request, origin: string): Request {
  if (request.method === 'GET' || request.method === 'HEAD') return request
  const headers = new Headers(request.headers)
  headers.delete('X-Forwarded-Host')
  headers.set('Host', new URL(origin).host)
  return new Request(request.url, { method: request.method, headers, signal: request.signal })
}
