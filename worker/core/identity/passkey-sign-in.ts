import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { originHash } from '../origin.ts'
import { admit } from './admit.ts'
import { mfaFailed } from './events-factors.ts'
import type { AssertionAnswer } from './factor-contract.ts'
import { askFactors, told } from './factors.ts'
import { accountOfHandle } from './passkey-user.ts'
import { verifyAssertion } from './passkeys.ts'
import { accountById } from './store.ts'

/**
 * Sign in with a discoverable passkey: the authenticator says whose it is, and having checked finger, face or PIN counts as
 * both factors. `visitor` is the signed-out browser's name that the challenge was made for, `browser` its device cookie's id.
 * Every refusal is `wrong_credentials`; `locked` while a dispute stands.
 */
export async function passkeySignIn(visit: Visit, input: { answer: AssertionAnswer; visitor: string; browser: string }): Promise<SessionCookie> {
  const { answer, browser } = input
  const accountId = await accountOfHandle(visit.platformVault, answer.response.userHandle ?? '')
  const key = accountId && (await askFactors(visit, accountId, 'passkeyKey', answer.id))
  const verified = key && (await verifyAssertion(visit, { purpose: 'sign_in', boundTo: input.visitor }, key, answer))
  if (!verified) throw new Fault({ code: 'wrong_credentials' })
  const [account, newDevice] = await Promise.all([
    visit.directory.read(accountById(visit.directory, accountId)),
    visit.reach.guards.of(accountId).deviceIsNew({ device: await originHash(visit.platformVault, visit.origin), now: visit.now }),
  ])
  if (!account) throw new Fault({ code: 'wrong_credentials' })
  const failed = mfaFailed(accountId, { kind: 'passkey', purpose: 'sign_in' })
  const proved = await askFactors(visit, accountId, 'usePasskey', { ...verified, grant: { kind: 'open' }, now: visit.now, told: await told(visit, accountId, [], [failed]) })
  if (!proved.ok) throw new Fault({ code: 'wrong_credentials' })
  return admit(visit, account, { how: 'passkey', mfa: true, browser, newDevice, owesFactor: false })
}
