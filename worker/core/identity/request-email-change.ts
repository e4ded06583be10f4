import type { AccountCtx } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { Fault } from '../failure.ts'
import { demand } from '../limits/limiter.ts'
import { addressIndex } from './address.ts'
import { contactOf } from './contact.ts'
import { emailChangeAsked, mailQueued } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { emailConfirmMail, emailDisputeMail, emailTakenMail } from './mails.ts'
import { emailChangeContent, limits } from './module.ts'
import { requireRecent } from './step-up.ts'
import { accountByEmail, accountById, type AccountRow } from './store.ts'

/**
 * Asks to change the address: one mail to the new one to confirm, one to the old one to dispute (IFD-61). Nothing changes
 * before the new one is confirmed. An address that somebody has already answers the same here; its owner is told.
 */
export async function requestEmailChange(account: AccountCtx, email: string): Promise<void> {
  requireRecent(account)
  const { accountId, directory } = account
  await demand(account, limits.emailChange, accountId)
  const newIndex = await addressIndex(account, email)
  const [row, taken] = await directory.readAll([accountById(directory, accountId), accountByEmail(directory, newIndex)])
  if (!row) throw new Fault({ code: 'unauthenticated' })
  if (taken?.id === accountId) throw new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'This is your address already.' }] })
  if (taken) await tellOwner(account, email)
  else await begin(account, row, email, newIndex)
}

async function tellOwner(account: AccountCtx, email: string): Promise<void> {
  await account.commitDirectory([await queuePlatformMail(account, emailTakenMail, { to: email, params: {} })], mailQueued(account.accountId, { template: emailTakenMail.name }), account.eventActor)
}

async function begin(account: AccountCtx, row: AccountRow, email: string, newIndex: string): Promise<void> {
  const { accountId } = account
  const id = account.newId('emc')
  const newAddress = await account.platformVault.seal(emailChangeContent, id, { email })
  const change = { id, oldIndex: row.emailIndex, oldContact: { sealed: row.contact, sealVersion: row.sealVersion }, newIndex, newAddress: { ...newAddress } }
  await account.reach.guards.of(accountId).beginEmail({ change, now: account.now, events: await guardEvents(account, accountId, [emailChangeAsked(accountId, { change: id })]) })
  const params = { accountId, changeId: id }
  const mails = [
    await queuePlatformMail(account, emailConfirmMail, { to: email, params }),
    await queuePlatformMail(account, emailDisputeMail, { to: (await contactOf(account, row)).email, params }),
  ]
  await account.commitDirectory(mails, mailQueued(accountId, { template: emailConfirmMail.name }), account.eventActor)
}
