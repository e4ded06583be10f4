import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Follower } from '../audit/follower.ts'
import { erasePerson } from '../audit/erase-person.ts'
import type { AccountCtx } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { Fault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import { roles } from '../module.ts'
import type { Reach } from '../reach.ts'
import { atSeat } from '../rerun.ts'
import { tenantCtx } from '../tenant-ctx.ts'
import { findSeat, policyOf } from '../tenancy/find-seat.ts'
import { leaveTenant } from '../tenancy/leave-tenant.ts'
import { seatsOf } from '../tenancy/seats-of.ts'
import { contactOf } from './contact.ts'
import { accountClosed, accountForgotten } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { accountClosedMail } from './mails.ts'
import { requireTicket } from './step-up.ts'
import { accountById, forgetAccount, tenantsOf } from './store.ts'
import { removeIdentities } from './oidc/store.ts'

/** What stands in the way of closing an account: the names of tenants it owns, and of those that stand closed with a seat of it. */
export type Holding = { readonly owned: readonly string[]; readonly closing: readonly string[] }

/** What has to be settled first. A tenant always has an owner, and a closed one can still be called back with everybody's seat. */
export async function readHolding(account: AccountCtx): Promise<Holding> {
  const seats = await seatsOf(account.reach, account.accountId)
  return {
    owned: seats.filter(({ role }) => role === 'owner').map(({ name }) => name),
    closing: seats.filter(({ role, closed }) => role !== 'owner' && closed).map(({ name }) => name),
  }
}

/**
 * Close the account of whoever is signed in: its memberships end as leaving ends them, then its guard lets go of password,
 * factors and sessions with the event that says so, and what the directory and the logs keep of the person follows. The
 * address is typed as a confirmation, the proof is made for this very act. Refused while the person owns a tenant.
 */
export async function closeAccount(account: AccountCtx, typedEmail: string): Promise<void> {
  const { accountId, reach, now } = account
  const row = await account.directory.read(accountById(account.directory, accountId))
  if (!row) throw new Fault({ code: 'unauthenticated' })
  const { email } = await contactOf(account, row)
  if (typedEmail.trim().toLowerCase() !== email.toLowerCase()) throw new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'Type your address exactly as it stands above.' }] })
  const { owned, closing } = await readHolding(account)
  if (owned.length > 0) throw new Fault({ code: 'conflict', state: 'owner', detail: `You own ${owned.join(', ')}. A tenant always has an owner: hand ownership over, or close the tenant and wait until it is destroyed.` })
  if (closing.length > 0) throw new Fault({ code: 'conflict', state: 'closing', detail: `${closing.join(', ')} stands closed and can still be called back with your seat in it. Come back when it is destroyed or open again.` })
  await requireTicket(account, { verb: 'core.close_account', row: accountId })

  const tenantIds = await reach.directory.read(tenantsOf(reach.directory, accountId))
  for (const tenantId of tenantIds) {
    const seat = await findSeat(reach, accountId, tenantId)
    if (seat) await leave(account, seat)
  }
  await reach.guards.of(accountId).close({ now, events: await guardEvents(account, accountId, [accountClosed(accountId, {})]) })
  await forget(reach, now, accountId, tenantIds)
}

/** Goes on where the request that closed was cut off. */
export const finishClosing: Follower = (reach, _log, { subject }, now) => forget(reach, now, subject, [])

/** Nothing outside the guard names the person any more. Safe to repeat. */
async function forget(reach: Reach, now: number, accountId: string, tenantIds: readonly string[]): Promise<void> {
  const visit = jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'close-account')
  const { directory } = visit
  await erasePerson(visit, accountId, [...new Set([...tenantIds, ...(await directory.read(tenantsOf(directory, accountId)))])])
  const row = await directory.read(accountById(directory, accountId))
  if (!row) return
  await reach.gate.clear({ address: row.emailIndex, distrust: true })
  const { email } = await contactOf(visit, row)
  const mail = await queuePlatformMail(visit, accountClosedMail, { to: email, params: { at: now } })
  await visit.commitDirectory([...forgetAccount(directory, row), removeIdentities(directory, accountId), mail], accountForgotten(accountId, {}))
}

/** As the person itself: the tenant's log names who left. */
function leave(account: AccountCtx, seat: SeatCopy): Promise<void> {
  const { reach, now } = account
  return atSeat(seat, () => findSeat(reach, account.accountId, seat.tenantId), (at) => tenantCtx(account, at, policyOf(at.preset, at.policy), memberAt(account, at), (id) => reach.chain.poke(id, now)), leaveTenant)
}

function memberAt({ accountId, session }: AccountCtx, seat: SeatCopy) {
  const role = roles.find((each) => each === seat.role)
  if (!role) throw new Fault({ code: 'not_found' })
  return { kind: 'member', accountId, memberId: seat.memberId, role, session } as const
}
