import type { EmailChange } from '../../../durable-objects/account-words.ts'
import type { Follower } from '../audit/follower.ts'
import type { Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import type { SealedCell } from '../vault/sealed.ts'
import { contactOf, sealContact } from './contact.ts'
import { emailChanged } from './events.ts'
import { accountContact, emailChangeContent } from './module.ts'
import { accountById, updateAccount, type AccountRow } from './store.ts'

/**
 * A confirmed address put in force in the directory. Safe to repeat; where a dispute came in between, the guard says so and
 * the old address goes back. Throws `conflict` when somebody else took the address meanwhile.
 */
export async function applyEmailChange(visit: Visit, accountId: string, change: EmailChange): Promise<void> {
  const guard = visit.reach.guards.of(accountId)
  const { email } = await visit.platformVault.open<{ email: string }>(emailChangeContent, change.id, cell(change.newAddress))
  try {
    await setAddress(visit, accountId, { change, how: 'confirmed', email, index: change.newIndex, from: change.oldIndex })
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') await guard.stopEmail(change.id)
    throw thrown
  }
  if (!(await guard.emailApplied(change.id))) await revertEmailChange(visit, accountId, change)
}

/** The old address back in force, whatever came after it. Safe to repeat. */
export async function revertEmailChange(visit: Visit, accountId: string, change: EmailChange): Promise<void> {
  const { email } = await visit.platformVault.open<{ email: string }>(accountContact, accountId, cell(change.oldContact))
  await setAddress(visit, accountId, { change, how: 'disputed', email, index: change.oldIndex, from: null })
}

/** Goes on where the request that confirmed was cut off. */
export const finishEmailChange: Follower = async (reach, _log, { subject, meta }, now) => {
  const change = await reach.guards.of(subject).confirmedEmail(String(meta['change']))
  if (change) await applyEmailChange(jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'follow-email'), subject, change)
}

type Setting = { readonly change: EmailChange; readonly how: 'confirmed' | 'disputed'; readonly email: string; readonly index: string; readonly from: string | null }

async function setAddress(visit: Visit, accountId: string, setting: Setting, again = true): Promise<void> {
  const { index, from } = setting
  const row = await visit.directory.read(accountById(visit.directory, accountId))
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.emailIndex === index || (from !== null && row.emailIndex !== from)) return
  try {
    await write(visit, row, setting)
  } catch (thrown) {
    // The request and the follower of its event may both be at it: whoever comes second finds it done.
    if (!again || !isFault(thrown) || thrown.failure.code !== 'conflict' || thrown.failure.state !== 'account_changed') throw thrown
    await setAddress(visit, accountId, setting, false)
  }
}

async function write(visit: Visit, row: AccountRow, { change, how, email, index }: Omit<Setting, 'from'>): Promise<void> {
  const { name } = await contactOf(visit, row)
  const contact = await sealContact(visit, row.id, { email, name })
  await visit.commitDirectory([updateAccount(visit.directory, row, contact, index)], emailChanged(row.id, { change: change.id, how }))
  await visit.reach.guards.of(row.id).setContact({ ...contact })
}

const cell = (text: { sealed: string; sealVersion: number }): SealedCell => text as SealedCell // `as`: the brand is lost over RPC; the vault authenticates what it opens
