import type { Visit } from '../ctx.ts'
import type { EventActor, RecordedEvent } from '../audit/event.ts'
import type { Write } from '../tenancy/statement.ts'
import { addressIndex } from './address.ts'
import { sealContact } from './contact.ts'
import { accountCreated } from './events.ts'
import { insertAccount } from './store.ts'

export type NewAccount = {
  readonly accountId: string
  readonly email: string
  readonly name: string
  /** PHC string; null for a person that signs in another way. */
  readonly passwordHash: string | null
  readonly via: 'sign_up' | 'invitation' | 'operator'
}

/**
 * An account for an address whose mailbox was proven by the caller. The guard is set up first: until the directory knows the
 * account, nobody can find it. `also` happens in the same batch, or neither does. Throws `conflict` (`exists`) where the
 * address has an account.
 */
export async function createAccount(visit: Visit, account: NewAccount, also: readonly Write[] = [], by?: EventActor, told: readonly RecordedEvent[] = []): Promise<void> {
  const { accountId, email, name, passwordHash, via } = account
  const { directory, now, reach } = visit
  const contact = await sealContact(visit, accountId, { email, name })
  const guard = reach.guards.of(accountId)
  await guard.setUp({ passwordHash, contact: { ...contact }, now })
  const row = { id: accountId, emailIndex: await addressIndex(visit, email), contact: contact.sealed, sealVersion: contact.sealVersion, createdAt: now }
  await visit.commitDirectory([insertAccount(directory, row), ...also], [accountCreated(accountId, { via }), ...told], by)
}
