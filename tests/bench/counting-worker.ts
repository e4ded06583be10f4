import { platformClock } from '../../worker/clock.ts'
import type { Env } from '../../worker/core/env.ts'
import { newIsolate } from '../../worker/core/reach.ts'
import { handlersOf, verbsOf } from '../../worker/entry.ts'
import { newTrace, watched } from '../support/watched-env.ts'

export { AccountGuard } from '../../durable-objects/account-guard.ts'
export { AuditChain } from '../../durable-objects/audit-chain.ts'
export { HookGuard } from '../../durable-objects/hook-guard.ts'
export { KeyGuard } from '../../durable-objects/key-guard.ts'
export { RateLimiter } from '../../durable-objects/rate-limiter.ts'
export { ScreenPop } from '../../durable-objects/screen-pop.ts'
export { SignInGate } from '../../durable-objects/sign-in-gate.ts'
export { Timers } from '../../durable-objects/timers.ts'

const entry = { isolate: newIsolate(), clock: platformClock }

export const Verbs = verbsOf(entry)

/** Production's own handlers, with every call of a binding counted and told in a header. */
export default {
  async fetch(request, env, ctx) {
    const trace = newTrace()
    const answer = await handlersOf(entry).fetch!(request, watched(env, trace, { on: true }), ctx)
    const told = new Response(answer.body, answer)
    told.headers.set('X-Subrequests', trace.calls.join(' '))
    return told
  },
} satisfies ExportedHandler<Env>
