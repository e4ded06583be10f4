import type { SignedIn } from '../sign-in.ts'
import type { Visit } from '../../ctx.ts'
import { Fault } from '../../failure.ts'
import { originHash } from '../../origin.ts'
import { admit } from '../admit.ts'
import { accountById } from '../store.ts'

/** Lets in the person that a provider's identity is linked to. It stands for the password: a second factor is still owed. */
export async function admitIdentity(visit: Visit, accountId: string, browser: string): Promise<SignedIn> {
  const account = await visit.directory.read(accountById(visit.directory, accountId))
  if (!account) throw new Fault({ code: 'wrong_credentials' })
  const newDevice = await visit.reach.guards.of(accountId).deviceIsNew({ device: await originHash(visit.platformVault, visit.origin), now: visit.now })
  const { mfaEnrolled } = await visit.reach.guards.of(accountId).recall()
  return { session: await admit(visit, account, { how: 'oidc', mfa: false, browser, newDevice, owesFactor: mfaEnrolled }), owesFactor: mfaEnrolled }
}
