/**
 * How tries at a secret are counted: before they are checked, so that a thousand at once cannot all slip through, and
 * consecutively, so that one right try forgives the wrong ones before it. Pure; SignInGate and AccountGuard keep the state.
 */

/** `lockedAt` is when the last allowed try was taken; `told` whether its being wrong was reported already. */
export type Tries = { readonly wrong: number; readonly lockedAt: number | null; readonly told: boolean }

export type TryRule = { readonly lockAfter: number; readonly lockMs: number }

export const NO_TRIES: Tries = { wrong: 0, lockedAt: null, told: false }

/** Until when no try is taken, or null. Tries during a lock do not extend it. */
export function lockedUntil(tries: Tries, rule: TryRule, now: number): number | null {
  const until = tries.lockedAt === null ? null : tries.lockedAt + rule.lockMs
  return until !== null && now < until ? until : null
}

/** Take one try, counted as wrong until `settle` says otherwise. The last one allowed begins the lock. */
export function take(tries: Tries, rule: TryRule, now: number): { readonly tries: Tries; readonly until: number | null } {
  const until = lockedUntil(tries, rule, now)
  if (until !== null) return { tries, until }
  const before = tries.lockedAt === null ? tries.wrong : 0
  // The rule may have been tightened below what was counted already.
  if (before >= rule.lockAfter) return { tries: { wrong: before, lockedAt: now, told: false }, until: now + rule.lockMs }
  const wrong = before + 1
  return { tries: { wrong, lockedAt: wrong >= rule.lockAfter ? now : null, told: false }, until: null }
}

/** What a try leaves behind. `void` gives back one that was never checked, unless it began a lock. `justLocked` is said once per lock. */
export function settle(tries: Tries, outcome: 'right' | 'wrong' | 'void'): { readonly tries: Tries; readonly justLocked: boolean } {
  if (outcome === 'right') return { tries: NO_TRIES, justLocked: false }
  if (outcome === 'wrong') return { tries: { ...tries, told: tries.lockedAt !== null }, justLocked: tries.lockedAt !== null && !tries.told }
  // As many tries at once as a lock takes are an attack: those that the busy hash turned away do not undo it.
  return { tries: tries.lockedAt === null ? { ...tries, wrong: Math.max(0, tries.wrong - 1) } : tries, justLocked: false }
}
