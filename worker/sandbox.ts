import * as pages from '#pages'
import { platformClock } from './clock.ts'
import type { Env } from './core/env.ts'
import type { JobParts } from './core/job.ts'
import { newIsolate } from './core/reach.ts'
import { runCron } from './cron.ts'
import { handlersOf, verbsOf, type Entry } from './entry.ts'
import { sandboxEnv } from './sandbox/env.ts'
import { foreignRefusal } from './sandbox/refuse-foreign.ts'
import { sandboxRoutes } from './sandbox/routes.ts'
import { standInsOf } from './sandbox/stand-ins.ts'
import type { HeadLink, House } from './sandbox/scene.ts'
import { SandboxStore } from './sandbox/store.ts'
import { wake } from './wake.ts'

export { AccountGuard } from '../durable-objects/account-guard.ts'
export { AuditChain } from '../durable-objects/audit-chain.ts'
export { HookGuard } from '../durable-objects/hook-guard.ts'
export { KeyGuard } from '../durable-objects/key-guard.ts'
export { RateLimiter } from '../durable-objects/rate-limiter.ts'
export { ScreenPop } from '../durable-objects/screen-pop.ts'
export { SignInGate } from '../durable-objects/sign-in-gate.ts'
export { Timers } from '../durable-objects/timers.ts'

const house: Omit<House, 'runCron' | 'knock'> = { wake, crons: ['0 * * * *', '* * * * *'], head: headLinks() }

/** Production's entry, with a clock that can be moved forward and stand-ins for the vendors beside it. */
const entry: Entry = {
  isolate: newIsolate(),
  clock: async (env) => (await platformClock(env)) + (await storeOf(env).aheadMs()),
  standIns: standInsOf,
  beside: async (request, env, ctx, reach, now) => {
    const { pathname } = new URL(request.url)
    if (pathname !== '/sandbox' && !pathname.startsWith('/sandbox/')) return null
    const later = (work: () => Promise<unknown>) => ctx.waitUntil(work())
    const knock = async (stranger: Request) => inner.fetch?.(stranger as unknown as Parameters<NonNullable<typeof inner.fetch>>[0], env, ctx) ?? new Response(null, { status: 500 }) // `as`: a probe has no edge in front of it
    const scene = { env: sandboxEnv(env), reach, now, later, store: storeOf(env), house: { ...house, knock, runCron: (parts: JobParts, cron: string) => runCron({ ...parts, knock }, cron) } }
    return sandboxRoutes.fetch(request, { scene }, ctx)
  },
}

const inner = handlersOf(entry)

export const Verbs = verbsOf(entry)

export default {
  ...inner,
  fetch: (request, env, ctx) => {
    const refused = foreignRefusal(request, env)
    if (refused) return Response.json({ title: refused }, { status: 403 })
    return inner.fetch?.(request, env, ctx) ?? new Response(null, { status: 500 })
  },
} satisfies ExportedHandler<Env>

const storeOf = (env: Env): SandboxStore => new SandboxStore(sandboxEnv(env).SANDBOX)

/** What the pages link to in their root, so that this page wears the same tokens. */
function headLinks(): HeadLink[] {
  const links = pages.routes['root']?.module.links?.() ?? []
  return links.flatMap((link) => {
    const rel = 'rel' in link && (['stylesheet', 'icon'] as const).find((each) => each === link.rel)
    return rel && 'href' in link && link.href ? [{ rel, href: link.href }] : []
  })
}
