import type { EmailChange } from '../../../durable-objects/account-words.ts'
import type { Follower } from '../audit/follower.ts'
import type { Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import type { Reach } from '../reach.ts'
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
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') await guard.dropEmail(change.id)
    throw thrown
  }
  await settleAddress(visit, accountId, change.id)
}

/** A disputed change's old address back in force, whatever came after it; then the guard knows that it is. Safe to repeat. */
export async function undoEmailChange(visit: Visit, accountId: string, changeId: string): Promise<void> {
  const guard = visit.reach.guards.of(accountId)
  const change = await guard.disputedEmail(changeId)
  if (!change) return
  await putBack(visit, accountId, change, null)
  await guard.emailUndone(changeId)
}

/** Goes on where the request that confirmed was cut off. */
export const finishEmailChange: Follower = async (reach, _log, { subject, meta }, now) => {
  const change = await reach.guards.of(subject).confirmedEmail(String(meta['change']))
  if (change) await applyEmailChange(followerVisit(reach, now), subject, change)
}

/** Goes on where the request that put a new address in force was cut off before it asked whether it still may. */
export const settleEmailChange: Follower = async (reach, _log, { subject, meta }, now) => {
  if (meta['how'] === 'confirmed') await settleAddress(followerVisit(reach, now), subject, String(meta['change']))
}

/** The directory has the new address: the guard learns it, or says that a dispute came in between. */
async function settleAddress(visit: Visit, accountId: string, changeId: string): Promise<void> {
  const undo = await visit.reach.guards.of(accountId).emailApplied(changeId)
  if (undo) await putBack(visit, accountId, undo, undo.newIndex)
}

async function putBack(visit: Visit, accountId: string, change: EmailChange, from: string | null): Promise<void> {
  const { email } = await visit.platformVault.open<{ email: string }>(accountContact, accountId, cell(change.oldContact))
  await setAddress(visit, accountId, { change, how: 'disputed', email, index: change.oldIndex, from })
}

const followerVisit = (reach: Reach, now: number): Visit => jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'follow-email')

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
