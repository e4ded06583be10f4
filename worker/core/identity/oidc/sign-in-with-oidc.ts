import type { SignedIn } from '../sign-in.ts'
import type { Visit } from '../../ctx.ts'
import { Fault } from '../../failure.ts'
import { admitIdentity } from './admit-identity.ts'
import { finishOidc, type Callback } from './finish-oidc.ts'
import { identityOf } from './store.ts'

/**
 * Sign in with an identity that its person linked before (CAL-87). An unknown identity opens nothing and joins nothing,
 * whatever address it shows: it throws `conflict` (`identity_unknown`).
 */
export async function signInWithOidc(visit: Visit, callback: Callback, browser: string): Promise<SignedIn> {
  const { issuer, subject } = await finishOidc(visit, callback, 'sign_in')
  const identity = await visit.directory.read(identityOf(visit.directory, issuer, subject))
  if (!identity) throw new Fault({ code: 'conflict', state: 'identity_unknown', detail: 'No account here is linked to that identity. Sign in as you usually do and link it under Security, or open your invitation and use it there.' })
  return admitIdentity(visit, identity.accountId, browser)
}
