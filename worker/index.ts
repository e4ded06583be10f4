import { platformClock } from './clock.ts'
import { GATHER_HOOKS_MS, GatheredPokes } from './core/audit/gathered-pokes.ts'
import { HashQueue } from './core/identity/hash-queue.ts'
import { newIsolate } from './core/reach.ts'
import { handlersOf, verbsOf } from './entry.ts'

export { AccountGuard } from '../durable-objects/account-guard.ts'
export { AuditChain } from '../durable-objects/audit-chain.ts'
export { HookGuard } from '../durable-objects/hook-guard.ts'
export { KeyGuard } from '../durable-objects/key-guard.ts'
export { RateLimiter } from '../durable-objects/rate-limiter.ts'
export { ScreenPop } from '../durable-objects/screen-pop.ts'
export { SignInGate } from '../durable-objects/sign-in-gate.ts'
export { Timers } from '../durable-objects/timers.ts'

const entry = { isolate: newIsolate(new HashQueue(), true, new GatheredPokes(GATHER_HOOKS_MS)), clock: platformClock }

export const Verbs = verbsOf(entry)

export default handlersOf(entry)
