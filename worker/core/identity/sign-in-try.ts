import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { countAgainst, giveBack, ipKey } from '../limits/limiter.ts'
import { authNote, noteAuth } from './auth-log.ts'
import { limits, STUFFING_ADDRESSES } from './module.ts'
import { accountLocked, signInFailed } from './events.ts'
import { guardEvents } from './guard-event.ts'
import type { AccountRow } from './store.ts'

/** One try at a password: at which address (blind index), from which browser (device cookie). */
export type SignInTry = { readonly address: string; readonly browser: string }

/** A try that may be checked. `said`: until when the address is said to be locked, unless the try is right. */
export type TakenTry = SignInTry & { readonly said: number | null }

/**
 * Count a try per IP address and per e-mail address, before anything is looked up or hashed: of a thousand at once no more
 * than ten get past this. Throws `rate_limited` or `locked`. Whoever gets past must settle it.
 */
export async function takeTry(visit: Visit, { address, browser }: SignInTry): Promise<TakenTry> {
  const { allowed, limit, different, novel } = await countAgainst(visit, limits.signInIp, ipKey(visit.origin.ip), address)
  if (!allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  if (limit.remaining === 0) await noteAuth(visit, 'throttled', address)
  if (novel && different === STUFFING_ADDRESSES) await noteAuth(visit, 'many_accounts', address)
  const entered = await visit.reach.gate.enter({ address, browser, now: visit.now })
  if (entered.go) return { address, browser, said: entered.said }
  if (entered.why === 'lock') throw new Fault({ code: 'locked', until: entered.until })
  const { quota, windowS, resetS } = entered
  throw new Fault({ code: 'rate_limited', retryAfterS: resetS, limit: { policy: limits.signInAddress.name, quota, windowS, remaining: 0, resetS } })
}

/** The try was never checked (the hash was busy): it counts for nothing. */
export async function voidTry(visit: Visit, taken: SignInTry, account: AccountRow | undefined): Promise<void> {
  await giveBack(visit, limits.signInIp, ipKey(visit.origin.ip))
  await settleGate(visit, taken, 'void')
  if (account) await visit.reach.guards.of(account.id).recordResult({ kind: 'sign_in', outcome: 'void', browser: taken.browser, now: visit.now, events: [], onLock: [] })
}

/** The password was right: wrong tries before it are forgiven. */
export async function rightTry(visit: Visit, taken: SignInTry, account: AccountRow, rehashed?: { from: string; to: string }): Promise<void> {
  await giveBack(visit, limits.signInIp, ipKey(visit.origin.ip))
  await settleGate(visit, taken, 'right')
  await visit.reach.guards.of(account.id).recordResult({ kind: 'sign_in', outcome: 'right', browser: taken.browser, now: visit.now, ...(rehashed ? { rehashed } : {}), events: [], onLock: [] })
}

/** The password was wrong, or there is no such account: noted either way, and where this try locked, that too (IFD-104). Its person is told by the event's follower. */
export async function wrongTry(visit: Visit, taken: SignInTry, account: AccountRow | undefined): Promise<void> {
  const { address, browser } = taken
  // An address without an account costs the same calls; its stand-in is told nothing and its answer counts for nothing.
  const id = account?.id ?? standIn(address)
  const told = await guardEvents(visit, id, [signInFailed(id, {}), accountLocked(id, { kind: 'brute' })], 'visitor')
  const answer = await visit.reach.guards.of(id).recordResult({ kind: 'sign_in', outcome: 'wrong', browser, now: visit.now, events: account ? told.slice(0, 1) : [], onLock: account ? told.slice(1) : [] })
  const { justLocked } = await settleGate(visit, taken, 'wrong', account ? answer.lockMs : null)
  const note = await authNote(visit, 'wrong_password', address)
  const lock = justLocked ? await authNote(visit, 'locked', address) : null
  await visit.commitDirectory([note.write, ...(lock ? [lock.write] : [])], [note.event, ...(lock ? [lock.event] : [])])
}

const settleGate = (visit: Visit, { address, browser }: SignInTry, outcome: 'right' | 'wrong' | 'void', lockMs: number | null = null) =>
  visit.reach.gate.settle({ address, browser, now: visit.now, outcome, lockMs })

/**
 * One of 64 guards of nobody, asked where an address has no account: how long an answer takes must not tell who has one
 * (ASVS 6.3.8), and made-up addresses must not fill the place with objects.
 */
export const standIn = (address: string): string => `nobody-${[...address].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 64, 0)}`
