import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { contactOf, sealContact } from './contact.ts'
import { profileChanged } from './events.ts'
import { accountById, updateAccount } from './store.ts'

/** A person's own name. Nothing else about an account is changed here, whatever a request says (CLN-23). */
export async function updateProfile(account: AccountCtx, { name }: { name: string }): Promise<void> {
  const { accountId, directory } = account
  const row = await directory.read(accountById(directory, accountId))
  if (!row) throw new Fault({ code: 'unauthenticated' })
  const { email } = await contactOf(account, row)
  const contact = await sealContact(account, accountId, { email, name })
  await account.commitDirectory([updateAccount(directory, row, contact, row.emailIndex)], profileChanged(accountId, {}), account.eventActor)
  await account.reach.guards.of(accountId).setContact({ ...contact })
}
