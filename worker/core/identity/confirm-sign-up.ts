import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { isFault } from '../failure.ts'
import { TenantKind } from '../tenancy/contract.ts'
import { createTenant } from '../tenancy/create-tenant.ts'
import { equalSecrets } from '../vault/equal.ts'
import { admit } from './admit.ts'
import { createAccount } from './create-account.ts'
import { demandLink, spent } from './link.ts'
import { signUpContent } from './module.ts'
import { acceptPassword } from './new-password.ts'
import { presetTerms, type SignUpContent } from './sign-up.ts'
import { accountById, signUpById, useSignUp, type SignUpRow } from './store.ts'

/** What the page shows before its button is pressed: nothing changes by looking. */
export type SignUpOffer = { readonly email: string; readonly tenantName: string; readonly needsPassword: boolean }

/** What a mailed sign-up link offers. Throws `malformed` for one that is not ours and `gone` for one that is over. */
export async function readSignUp(visit: Visit, text: string): Promise<SignUpOffer> {
  const { email, tenantName, passwordHash } = (await open(visit, text)).content
  return { email, tenantName, needsPassword: passwordHash === null }
}

/**
 * The address is confirmed: account, tenant and first session come to be. Of many confirmations at once exactly one
 * succeeds. Cut off after the account was made, the person signs in and makes the tenant from there.
 */
export async function confirmSignUp(visit: Visit, input: { token: string; password: string | null }, browser: string): Promise<SessionCookie> {
  const { row, content } = await open(visit, input.token)
  const { accountId, email, name, tenantName } = content
  const passwordHash = content.passwordHash ?? (await chosen(visit, row, content, input.password ?? ''))
  try {
    await createAccount(visit, { accountId, email, name, passwordHash, via: 'sign_up' }, [useSignUp(visit.directory, row.id, visit.now)])
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict') throw spent() // used a moment ago, or the address found its account another way
    throw thrown
  }
  await createTenant(visit, { name: tenantName, kind: TenantKind.parse(content.kind), preset: content.preset, owner: { accountId, name, email } })
  const account = await visit.directory.read(accountById(visit.directory, accountId))
  if (!account) throw spent()
  return admit(visit, account, { how: 'sign_up', mfa: false, browser, newDevice: false, owesFactor: false })
}

async function open(visit: Visit, text: string): Promise<{ row: SignUpRow; content: SignUpContent }> {
  const token = await demandLink(visit, 'sign_up', text)
  const row = await visit.directory.read(signUpById(visit.directory, token.id))
  if (!row || !equalSecrets(row.tokenHash, token.hash) || row.usedAt !== null) throw spent()
  if (visit.now > row.expiresAt) {
    await visit.directory.settle([useSignUp(visit.directory, row.id, visit.now)]) // for good: a clock set back must not revive it
    throw spent()
  }
  return { row, content: await visit.platformVault.open<SignUpContent>(signUpContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }) }
}

const chosen = (visit: Visit, row: SignUpRow, { name, email, tenantName, preset }: SignUpContent, password: string): Promise<string> =>
  acceptPassword(visit, row.id, password, { ...presetTerms(preset), words: [name, email, tenantName] })
