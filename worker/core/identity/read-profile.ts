import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { contactOf, type Contact } from './contact.ts'
import { accountById } from './store.ts'

/** A person's own name and address. */
export async function readProfile(account: AccountCtx): Promise<Contact & { readonly accountId: string }> {
  const row = await account.directory.read(accountById(account.directory, account.accountId))
  if (!row) throw new Fault({ code: 'unauthenticated' })
  return { accountId: account.accountId, ...(await contactOf(account, row)) }
}
