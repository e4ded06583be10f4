import type { Visit } from '../ctx.ts'
import type { SealedCell } from '../vault/sealed.ts'
import { accountContact } from './module.ts'
import type { AccountRow } from './store.ts'

/** A person's name and address, as its account keeps them. */
export type Contact = { email: string; name: string }

/** The contact of an account's row. Throws a VaultFault where the row was tampered with. */
export const contactOf = (visit: Pick<Visit, 'platformVault'>, account: AccountRow): Promise<Contact> =>
  visit.platformVault.open<Contact>(accountContact, account.id, { sealed: account.contact, sealVersion: account.sealVersion })

export const sealContact = (visit: Pick<Visit, 'platformVault'>, accountId: string, contact: Contact): Promise<SealedCell> => visit.platformVault.seal(accountContact, accountId, contact)
