import type { PasswordForCheck } from '../../../durable-objects/account-words.ts'
import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { originHash } from '../origin.ts'
import { addressIndex } from './address.ts'
import { admit } from './admit.ts'
import type { SignIn } from './contract.ts'
import { inTurn } from './hash-queue.ts'
import { resetRequired } from './open-session.ts'
import { hashPassword, needsRehash, verifyPassword } from './password.ts'
import { rightTry, standIn, takeTry, voidTry, wrongTry, type SignInTry } from './sign-in-try.ts'
import { accountByEmail, type AccountRow } from './store.ts'

/** The cookie's parts, and whether a second factor is owed before anything else opens. */
export type SignedIn = { readonly session: SessionCookie; readonly owesFactor: boolean }

/**
 * Sign in with address and password (CIQ-46). Known and unknown addresses cost and answer the same: a lock that is the
 * account's own, by its tenant's policy, reads to strangers like a wrong password, and a dispute is told to the right one
 * only. `browser` is the device cookie's id, known or new. Throws `wrong_credentials`, `locked`, `rate_limited`, `busy`, and `conflict`
 * (`password_reset_required`) to whoever gave the right password after reporting a sign-in as not its own.
 */
export async function signIn(visit: Visit, input: SignIn, browser: string): Promise<SignedIn> {
  const taken = await takeTry(visit, { address: await addressIndex(visit, input.email), browser })
  const account = await visit.directory.read(accountByEmail(visit.directory, taken.address))
  const asked = await askGuard(visit, account, taken)
  const right = await inTurn(visit, taken.address, () => verifyPassword(input.password, asked?.hash ?? null, visit.reach.hashes.cost)).catch(async (thrown: unknown) => {
    await voidTry(visit, taken, account)
    throw thrown
  })
  if (!right || !account || !asked?.hash) {
    await wrongTry(visit, taken, account)
    throw new Fault(taken.said === null ? { code: 'wrong_credentials' } : { code: 'locked', until: taken.said })
  }
  await rightTry(visit, taken, account, await rehashed(visit, input.password, asked, asked.hash))
  if (asked.disputedUntil !== null) throw new Fault({ code: 'locked', until: asked.disputedUntil })
  if (asked.mustReset) throw new Fault(resetRequired)
  const { mfaEnrolled, newDevice } = asked
  return { session: await admit(visit, account, { how: 'password', mfa: false, browser, newDevice, owesFactor: mfaEnrolled }), owesFactor: mfaEnrolled }
}

type Asked = Extract<PasswordForCheck, { state: 'go' }>

/** The account's guard; for an address without one a stand-in of the same cost, whose answer counts for nothing. Null: no password is right. */
async function askGuard(visit: Visit, account: AccountRow | undefined, { address, browser }: SignInTry): Promise<Asked | null> {
  const device = await originHash(visit.platformVault, visit.origin)
  const asked = await visit.reach.guards.of(account?.id ?? standIn(address)).passwordForCheck({ now: visit.now, browser, device })
  if (!account) return null
  if (asked.state === 'go') return asked
  if (asked.known) throw new Fault({ code: 'locked', until: asked.until })
  return null
}

/** The same password hashed as the policy wants it now; nothing when the queue is full: the next sign-in will do. */
async function rehashed(visit: Visit, password: string, { terms }: Asked, from: string): Promise<{ from: string; to: string } | undefined> {
  const { cost } = visit.reach.hashes
  if (!needsRehash(from, password, terms.passwordHash, cost)) return undefined
  const to = await inTurn(visit, from, () => hashPassword(password, terms.passwordHash, cost)).catch(() => null)
  return to === null ? undefined : { from, to }
}
