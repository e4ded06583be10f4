import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { normaliseEmail } from '../vault/blind-index.ts'
import { addressIndex } from './address.ts'
import { contactOf } from './contact.ts'
import type { InviteOwner } from './contract.ts'
import { keepSignUp } from './sign-up.ts'
import { requireRecent } from './step-up.ts'
import { accountByEmail, accountById } from './store.ts'

/** Whether an address is one of the deployment's operators (`OPERATORS`). */
export const isOperator = (operators: string | undefined, email: string): boolean => (operators ?? '').split(',').map(normaliseEmail).filter(Boolean).includes(normaliseEmail(email))

/**
 * An operator makes a tenant for somebody: the future owner confirms its address and chooses its password. Operators
 * always need a second factor (CIQ-53) and a recent proof.
 */
export async function inviteOwner(account: AccountCtx, input: InviteOwner): Promise<void> {
  const row = await account.directory.read(accountById(account.directory, account.accountId))
  const own = row && (await contactOf(account, row))
  if (!own || !isOperator(account.reach.env.OPERATORS, own.email)) throw new Fault({ code: 'forbidden', need: 'operator' })
  if (account.session.mfaAt === null) throw new Fault({ code: 'mfa_enrolment_required' })
  requireRecent(account)
  const { email, name, tenantName, kind, preset } = input
  const known = await account.directory.read(accountByEmail(account.directory, await addressIndex(account, email)))
  if (known) throw new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'This address has an account. Its person can be invited by an owner.' }] })
  await keepSignUp(account, { accountId: account.newId('acc'), email, name, tenantName, kind, preset, passwordHash: null }, { known: false, mails: true })
}
