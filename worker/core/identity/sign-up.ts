import type { Visit } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { Fault } from '../failure.ts'
import { countAgainst, demand, ipKey } from '../limits/limiter.ts'
import { presets, type PresetName } from '../tenancy/contract.ts'
import { sha256Hex } from '../vault/digest.ts'
import { addressIndex } from './address.ts'
import type { SignUp } from './contract.ts'
import { signUpAsked } from './events.ts'
import { signUpConfirmMail, signUpKnownMail, signUpSecret } from './mails.ts'
import { limits, SIGN_UP_MS, signUpContent } from './module.ts'
import { acceptPassword } from './new-password.ts'
import { accountByEmail, insertSignUp } from './store.ts'

/** What a sign-up keeps, sealed, until its address is confirmed. `passwordHash` null: chosen when confirming. */
export type SignUpContent = { accountId: string; email: string; name: string; tenantName: string; kind: string; preset: PresetName; passwordHash: string | null }

/** Presets whose tenants are made by an operator. */
const OPERATOR_ONLY: readonly PresetName[] = ['contractiq', 'callintel']

/** Throws `role_required` where a tenant of this preset is not anybody's to open. */
export function demandOpen({ reach }: Visit, preset: PresetName): void {
  if (reach.env.SIGN_UP === 'operator' || OPERATOR_ONLY.includes(preset)) throw new Fault({ code: 'role_required', need: 'operator' })
}

/** What is asked of a password by the policy that the tenant will begin with. */
export const presetTerms = (preset: PresetName) => ({ passwordMin: presets[preset]['auth.password_min'], passwordHash: presets[preset]['auth.password_hash'], mfaEnrolled: false })

/**
 * Asks for an account with a tenant of its own (X-60: where the deployment is open to that). Nothing exists before the
 * address is confirmed; a known address answers alike and gets another mail, and so does one that was named too often, which
 * gets none: nobody's inbox is filled from here. Throws `role_required` where an operator makes
 * tenants.
 */
export async function signUp(visit: Visit, input: SignUp): Promise<void> {
  demandOpen(visit, input.preset)
  await demand(visit, limits.signUpIp, ipKey(visit.origin.ip))
  const address = await addressIndex(visit, input.email)
  const { allowed } = await countAgainst(visit, limits.signUpAddress, address)
  const passwordHash = await acceptPassword(visit, address, input.password, { ...presetTerms(input.preset), words: [input.name, input.email, input.tenantName] })
  const known = await visit.directory.read(accountByEmail(visit.directory, address))
  const { email, name, tenantName, kind, preset } = input
  await keepSignUp(visit, { accountId: visit.newId('acc'), email, name, tenantName, kind, preset, passwordHash }, { known: known !== undefined, mails: allowed })
}

/** One row and one mail, whoever the address belongs to; a known one gets a row that nothing can confirm. Without `mails` the mail is thrown away. */
export async function keepSignUp(visit: Visit, content: SignUpContent, { known, mails }: { known: boolean; mails: boolean }): Promise<void> {
  const { directory, now, platformVault, reach } = visit
  const id = visit.newId('sup')
  const cell = await platformVault.seal(signUpContent, id, known ? { ...content, passwordHash: null } : content)
  const row = { id, content: cell.sealed, sealVersion: cell.sealVersion, tokenHash: await sha256Hex(await signUpSecret(reach, id)), createdAt: now, expiresAt: now + SIGN_UP_MS, usedAt: known ? now : null }
  const mail = known ? await queuePlatformMail(visit, signUpKnownMail, { to: content.email, params: {} }) : await queuePlatformMail(visit, signUpConfirmMail, { to: content.email, params: { signUpId: id } })
  await visit.commitDirectory([insertSignUp(directory, row), ...(mails ? [mail] : [])], signUpAsked(id, {}))
}
