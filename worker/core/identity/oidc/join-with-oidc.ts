import type { SignedIn } from '../sign-in.ts'
import type { Visit } from '../../ctx.ts'
import { Fault } from '../../failure.ts'
import { demand, ipKey } from '../../limits/limiter.ts'
import { normaliseEmail } from '../../vault/blind-index.ts'
import { admit } from '../admit.ts'
import { createAccount } from '../create-account.ts'
import { identityLinked } from '../events-factors.ts'
import { limits } from '../module.ts'
import { accountById } from '../store.ts'
import { admitIdentity } from './admit-identity.ts'
import { finishOidc, type Callback } from './finish-oidc.ts'
import { identityOf, insertIdentity } from './store.ts'

/** Whom an open invitation is for, told to whoever holds its token; throws for one that is not open. */
export type OfferReader = (visit: Visit, token: string) => Promise<{ readonly email: string; readonly name: string }>

/**
 * Answer an invitation, of whatever kind `readOffer` knows, with an identity at a provider (CAL-87). An identity that is linked already signs its person in. Any
 * other one makes an account only where two proofs agree: the mailed token, and the provider saying that this very address
 * is verified. Joining is a step of its own. Answers with the invitation's token, to go on with.
 */
export async function joinWithOidc(visit: Visit, callback: Callback, browser: string, readOffer: OfferReader): Promise<SignedIn & { token: string }> {
  await demand(visit, limits.linkIp, ipKey(visit.origin.ip))
  const { issuer, subject, email, emailVerified, carried } = await finishOidc(visit, callback, 'invite')
  const token = carried ?? ''
  const offer = await readOffer(visit, token)
  const known = await visit.directory.read(identityOf(visit.directory, issuer, subject))
  if (known) return { ...(await admitIdentity(visit, known.accountId, browser)), token }
  if (!emailVerified || email === null || normaliseEmail(email) !== normaliseEmail(offer.email)) throw new Fault({ code: 'conflict', state: 'identity_mismatch', detail: 'The provider does not vouch for the address that was invited. Choose a password instead, and link the provider afterwards.' })

  const accountId = visit.newId('acc')
  const identity = insertIdentity(visit.directory, { issuer, subject, accountId, linkedAt: visit.now })
  const linked = identityLinked(accountId, { provider: callback.provider, via: 'invitation' })
  await createAccount(visit, { accountId, email: offer.email, name: offer.name, passwordHash: null, via: 'invitation' }, [identity], undefined, [linked])
  const account = await visit.directory.read(accountById(visit.directory, accountId))
  if (!account) throw new Fault({ code: 'unavailable', reason: 'account not found after it was made' })
  return { session: await admit(visit, account, { how: 'invitation', mfa: false, browser, newDevice: false, owesFactor: false }), owesFactor: false, token }
}
