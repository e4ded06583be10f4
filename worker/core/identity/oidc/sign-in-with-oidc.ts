import type { SignedIn } from '../sign-in.ts'
import type { Visit } from '../../ctx.ts'
import { Fault } from '../../failure.ts'
import { originHash } from '../../origin.ts'
import { admit } from '../admit.ts'
import { accountById } from '../store.ts'
import { finishOidc, type Callback } from './finish-oidc.ts'
import { identityOf } from './store.ts'

/**
 * Sign in with an identity that its person linked before (CAL-87). It stands for the password: whoever has a second factor
 * still owes it. An unknown identity opens nothing and joins nothing, whatever address it shows: it throws
 * `conflict` (`identity_unknown`).
 */
export async function signInWithOidc(visit: Visit, callback: Callback, browser: string): Promise<SignedIn> {
  const { issuer, subject } = await finishOidc(visit, callback, 'sign_in')
  const identity = await visit.directory.read(identityOf(visit.directory, issuer, subject))
  const account = identity && (await visit.directory.read(accountById(visit.directory, identity.accountId)))
  if (!account) throw new Fault({ code: 'conflict', state: 'identity_unknown', detail: 'No account here is linked to that identity. Sign in as you usually do and link it under Security, or ask for an invitation.' })
  const newDevice = await visit.reach.guards.of(account.id).deviceIsNew({ device: await originHash(visit.platformVault, visit.origin), now: visit.now })
  const { mfaEnrolled } = await visit.reach.guards.of(account.id).recall()
  return { session: await admit(visit, account, { how: 'oidc', mfa: false, browser, newDevice, owesFactor: mfaEnrolled }), owesFactor: mfaEnrolled }
}
