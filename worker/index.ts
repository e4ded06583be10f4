import { DurableObject } from 'cloudflare:workers'

import { servePage } from './remix.ts'

// Placeholders until durable-objects/ holds the real ones.
export class SignInGate extends DurableObject {}
export class AccountGuard extends DurableObject {}
export class KeyGuard extends DurableObject {}
export class RateLimiter extends DurableObject {}
export class AuditChain extends DurableObject {}
export class Timers extends DurableObject {}

export default {
  async fetch(request: Request, env: { ASSETS: Fetcher }, _ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname.startsWith('/assets/')) return env.ASSETS.fetch(request)
    return servePage(request, { nonce: crypto.randomUUID() })
  },
}
