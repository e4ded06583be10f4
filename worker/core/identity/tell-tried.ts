import { TypeID } from 'typeid-js'
import type { Follower } from '../audit/follower.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { isFault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import { PLATFORM } from '../reach.ts'
import { sha256Hex } from '../vault/digest.ts'
import { contactOf } from './contact.ts'
import { authRecorded, mailQueued } from './events.ts'
import { accountTriedMail } from './mails-risk.ts'
import { limits } from './module.ts'
import { accountsByEmail, authRowById, triedFrom, type AccountRow } from './store.ts'

/** What the platform's log calls an attack on many accounts at once. */
const ATTACKS: readonly string[] = ['many_accounts', 'throttled']

/**
 * Tells everybody whose account was tried from an IP address that tried many. A follower and not a step of the sign-in, for
 * that must cost the same whether an address has an account or not. One mail a person and day, however long the attack.
 */
export const tellTried: Follower = async (reach, log, { subject, meta }, now) => {
  if (log !== PLATFORM || meta['kind'] !== 'risk') return
  const visit = jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'tell-tried')
  const row = await visit.directory.read(authRowById(visit.directory, subject))
  if (!row || !ATTACKS.includes(row.kind)) return
  const tried = await visit.directory.read(triedFrom(visit.directory, row.ipIndex, row.at - limits.signInIp.windowS * 1000, row.at))
  for (const account of await visit.directory.read(accountsByEmail(visit.directory, [...new Set([...tried, row.accountIndex])]))) await tell(visit, account, row.at)
}

async function tell(visit: ReturnType<typeof jobVisit>, account: AccountRow, at: number): Promise<void> {
  const { email } = await contactOf(visit, account)
  const id = await idOfDay(account.id, at)
  const mail = await queuePlatformMail({ ...visit, newId: () => id }, accountTriedMail, { to: email, params: { at } })
  try {
    await visit.commitDirectory([mail], mailQueued(account.id, { template: accountTriedMail.name }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // told today already
  }
}

/** The same id for the same person all day: the database refuses a second delivery under it. It sorts as of that day. */
async function idOfDay(accountId: string, at: number): Promise<string> {
  const day = at - (at % 86_400_000)
  const hash = await sha256Hex(`${accountTriedMail.name} ${accountId} ${day}`)
  const hex = `${day.toString(16).padStart(12, '0')}7${hash.slice(0, 3)}8${hash.slice(3, 18)}`
  return TypeID.fromUUID('dlv', hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')).toString()
}

export const riskFollowers: readonly (readonly [string, Follower])[] = [[authRecorded.eventName, tellTried]]
