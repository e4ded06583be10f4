import type { AccountCtx, Visit } from '../ctx.ts'
import { askFactors } from './factors.ts'
import { creationOptions, requestOptions, type PasskeyOffer, type PasskeyQuestion } from './passkeys.ts'
import { requireTicket } from './step-up.ts'

/** What the browser needs to make a passkey. Costs an exact ticket: the challenge in it is the leave to add one. `label` is shown by the authenticator. */
export async function beginPasskey(ctx: AccountCtx, label: string): Promise<PasskeyOffer> {
  await requireTicket(ctx, { verb: 'core.add_passkey' })
  return creationOptions(ctx, { id: ctx.accountId, name: label, sid: ctx.session.sid, have: await passkeysOf(ctx) })
}

/** What the browser needs to prove one of this person's passkeys: at sign-in after the password, or to confirm something. */
export async function beginProof(ctx: AccountCtx): Promise<PasskeyQuestion | null> {
  const have = await passkeysOf(ctx)
  return have.length === 0 ? null : requestOptions(ctx, { purpose: 'prove', boundTo: ctx.session.sid }, have)
}

/** What the browser needs to sign in with any passkey it holds for us. `browser` is its signed-out name. */
export const beginPasskeySignIn = (visit: Visit, browser: string): Promise<PasskeyQuestion> =>
  requestOptions(visit, { purpose: 'sign_in', boundTo: browser })

async function passkeysOf(ctx: AccountCtx) {
  const { passkeys } = await askFactors(ctx, ctx.accountId, 'view')
  return passkeys.map(({ id, transports }) => ({ id, transports, publicKey: '', counter: 0 }))
}
