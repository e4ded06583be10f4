import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { Buffer } from 'node:buffer'
import type { Challenge, PasskeyAdded, PasskeyKey } from '../../../durable-objects/factor-words.ts'
import type { SessionView, Visit } from '../ctx.ts'
import { toBase64Url } from '../vault/bytes.ts'
import type { AssertionAnswer, RegistrationAnswer } from './factor-contract.ts'
import { CHALLENGE_MS, newChallenge, readChallenge, type ChallengeUse } from './passkey-challenge.ts'
import { userHandle } from './passkey-user.ts'

/** What a browser is handed to make a passkey, and to use one: plain JSON (WebAuthn Level 3 §5.1), without extensions. */
export type PasskeyOffer = Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'>
export type PasskeyQuestion = Omit<PublicKeyCredentialRequestOptionsJSON, 'extensions'>

/** What an authenticator said, once its signature held. `challenge` is still to be used up. */
export type VerifiedAssertion = { readonly id: string; readonly counter: number; readonly backedUp: boolean; readonly challenge: Challenge }
export type VerifiedRegistration = { readonly passkey: Omit<PasskeyAdded, 'name'>; readonly challenge: Challenge }

/** What the browser needs to make a passkey for this person: discoverable, and never without finger, face or PIN. */
export async function creationOptions(visit: Visit, account: { id: string; name: string; sid: string; have: readonly PasskeyKey[] }): Promise<PasskeyOffer> {
  const rp = relyingParty(visit)
  const { extensions: _, ...offer } = await generateRegistrationOptions({
    rpName: 'Countersign',
    rpID: rp.id,
    userName: account.name,
    userDisplayName: account.name,
    userID: await userHandle(visit.platformVault, account.id),
    challenge: await newChallenge(visit.platformVault, { purpose: 'add', boundTo: account.sid }, visit.now),
    timeout: CHALLENGE_MS,
    attestationType: 'none', // which make of authenticator a person uses is not our business
    excludeCredentials: account.have.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return offer
}

/** What the browser needs to use a passkey: one of `have`, or any that it holds for this site. */
export async function requestOptions(visit: Visit, use: ChallengeUse, have?: readonly PasskeyKey[]): Promise<PasskeyQuestion> {
  const { extensions: _, ...question } = await generateAuthenticationOptions({
    rpID: relyingParty(visit).id,
    challenge: await newChallenge(visit.platformVault, use, visit.now),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
    ...(have ? { allowCredentials: have.map(({ id, transports }) => ({ id, transports: [...transports] })) } : {}),
  })
  return question
}

/** A new credential, or null for anything that does not hold. */
export async function verifyRegistration(visit: Visit, sid: string, answer: RegistrationAnswer): Promise<VerifiedRegistration | null> {
  const { expected, challenge } = expectations(visit, { purpose: 'add', boundTo: sid })
  const { transports } = answer.response
  const response = { ...answer, response: { ...answer.response, transports } }
  const verified = await verifyRegistrationResponse({ ...expected, response, requireUserVerification: true }).catch(() => null)
  const used = challenge()
  if (!verified?.verified || !used) return null
  const { aaguid, credential, credentialBackedUp, credentialDeviceType } = verified.registrationInfo
  return {
    challenge: used,
    passkey: {
      id: credential.id,
      publicKey: toBase64Url(credential.publicKey),
      counter: credential.counter,
      transports: transports.filter((each) => /^[a-z-]+$/.test(each)),
      deviceType: credentialDeviceType,
      backedUp: credentialBackedUp,
      aaguid,
    },
  }
}

/** An assertion by this key, or null for anything that does not hold. User verification is required, so a passkey is two factors. */
export async function verifyAssertion(visit: Visit, use: ChallengeUse, key: PasskeyKey, answer: AssertionAnswer): Promise<VerifiedAssertion | null> {
  const { expected, challenge } = expectations(visit, use)
  const credential = { id: key.id, publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')), counter: key.counter }
  const { userHandle: handle, ...response } = answer.response
  const plain = { ...answer, response: handle === undefined ? response : { ...response, userHandle: handle } }
  const verified = await verifyAuthenticationResponse({ ...expected, response: plain, credential, requireUserVerification: true }).catch(() => null)
  const used = challenge()
  if (!verified?.verified || !used) return null
  return { id: key.id, counter: verified.authenticationInfo.newCounter, backedUp: verified.authenticationInfo.credentialBackedUp, challenge: used }
}

/** Passkeys are bound to the host of ORIGIN, which is fixed at the first deploy. */
const relyingParty = (visit: Visit): { id: string; origin: string } => ({ id: new URL(visit.reach.env.ORIGIN).hostname, origin: visit.reach.env.ORIGIN })

/** What an answer must be made for, and the challenge it turned out to answer. */
function expectations(visit: Visit & { readonly session?: SessionView }, use: ChallengeUse) {
  const rp = relyingParty(visit)
  const latest = Math.max(visit.now, visit.session?.seenAt ?? 0) // of somebody signed in: what was over when it was last seen is over
  let answered: Challenge | null = null
  const expectedChallenge = async (returned: string): Promise<boolean> => {
    answered = await readChallenge(visit.platformVault, returned, use, latest)
    return answered !== null
  }
  return { expected: { expectedChallenge, expectedOrigin: rp.origin, expectedRPID: rp.id }, challenge: (): Challenge | null => answered }
}
