import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { originHash } from '../origin.ts'
import { inTurn } from './hash-queue.ts'
import { verifyPassword } from './password.ts'
import { rightTry, takeTry, voidTry, wrongTry } from './sign-in-try.ts'
import { accountById } from './store.ts'

/**
 * Whether this is the password of an account whose session is open, and since when it has been. Counted and locked like a try at the sign-in page: a
 * stolen session must not become a place to guess the password in peace. Throws `locked`, `rate_limited`, `busy`.
 */
export async function checkOwnPassword(visit: Visit, asked: { accountId: string; password: string; browser: string }): Promise<{ right: boolean; changedAt: number }> {
  const account = await visit.directory.read(accountById(visit.directory, asked.accountId))
  if (!account) throw new Fault({ code: 'unauthenticated' })
  const taken = await takeTry(visit, { address: account.emailIndex, browser: asked.browser })
  const kept = await visit.reach.guards.of(account.id).passwordForCheck({ now: visit.now, browser: asked.browser, device: await originHash(visit.platformVault, visit.origin) })
  if (kept.state === 'locked') throw new Fault({ code: 'locked', until: kept.until })
  const right = await inTurn(visit, taken.address, () => verifyPassword(asked.password, kept.hash)).catch(async (thrown: unknown) => {
    await voidTry(visit, taken, account)
    throw thrown
  })
  if (right) await rightTry(visit, taken, account)
  else await wrongTry(visit, taken, account)
  return { right, changedAt: kept.changedAt }
}
