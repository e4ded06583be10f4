import { WorkerEntrypoint } from 'cloudflare:workers'

import type { VerbsPort, WakeKind } from '../../durable-objects/verbs-port.ts'
import type { Env } from '../../worker/core/env.ts'
import { openNote, signNote } from '../../worker/core/audit/signing.ts'
import { newIsolate, reachOf } from '../../worker/core/reach.ts'
import { wake } from '../../worker/wake.ts'
import { cheapHashes } from './cheap-hashes.ts'
import { testClock } from './clock.ts'

export { AccountGuard } from '../../durable-objects/account-guard.ts'
export { AuditChain } from '../../durable-objects/audit-chain.ts'
export { HookGuard } from '../../durable-objects/hook-guard.ts'
export { KeyGuard } from '../../durable-objects/key-guard.ts'
export { RateLimiter } from '../../durable-objects/rate-limiter.ts'
export { ScreenPop } from '../../durable-objects/screen-pop.ts'
export { SignInGate } from '../../durable-objects/sign-in-gate.ts'
export { Timers } from '../../durable-objects/timers.ts'

const parts = { isolate: newIsolate(cheapHashes()), clock: testClock }

// The Worker that the workerd tests run against: production's objects and handlers under a clock that tests can move. The
// handlers, and the pages with them, are loaded by the first test that asks, so that a test of one object needs no build.
// Asked for once, and kept as a value: every import() here is a call to the runner, and two requests that make the same one
// wait on one promise, which belongs to the first and is refused to the second ("I/O on behalf of a different request").
const loaded: { product?: Pick<typeof import('../../worker/entry.ts'), 'handlersOf'> } = {}
const product = async () => (loaded.product ??= await import('../../worker/entry.ts'))

export class Verbs extends WorkerEntrypoint<Env> implements VerbsPort {
  async wake(kind: WakeKind, id: string): Promise<void> {
    const reach = await reachOf(this.env, parts.isolate)
    await wake({ reach, now: await testClock(), later: (work) => this.ctx.waitUntil(work()) }, kind, id)
  }
  async now(): Promise<number> {
    return testClock()
  }
  async signNote(text: string): Promise<string> {
    return signNote(this.env, text)
  }
  async openNote(note: string): Promise<string | null> {
    return openNote(this.env, note)
  }
}

export default {
  async fetch(request, env, ctx) {
    const { handlersOf } = await product()
    return handlersOf(parts).fetch!(request, env, ctx)
  },
  async scheduled(controller, env, ctx) {
    const { handlersOf } = await product()
    await handlersOf(parts).scheduled!(controller, env, ctx)
  },
} satisfies ExportedHandler<Env>
