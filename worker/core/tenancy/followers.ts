import type { Follower } from '../audit/follower.ts'
import { jobVisit } from '../job.ts'
import type { Reach } from '../reach.ts'
import { turnTenant } from './closing-store.ts'
import { findSeat } from './find-seat.ts'
import { mailInvitation } from './mail-invitation.ts'
import {
  closingAnnounced, closingCalledOff, memberInvited, memberJoined, memberLeft, memberRemoved, memberRoleChanged, ownershipTransferred, policyChanged, seatGiven, seatTaken, tenantClosing, tenantRenamed, tenantReopened,
} from './module.ts'
import { accountTenantOf, removeAccountTenant } from './people-store.ts'
import { insertAccountTenant, tenantPlace } from './store.ts'
import { tellMembers } from './tell-members.ts'

/** Which accounts may ask for this tenant is said in the directory; what they may do there is said on the shard. */
const giveSeat: Follower = async (reach, tenantId, { meta }, now) => {
  const accountId = String(meta['account'])
  if (!(await reach.directory.read(accountTenantOf(reach.directory, accountId, tenantId)))) {
    await inDirectory(reach, now).commitDirectory([insertAccountTenant(reach.directory, { accountId, tenantId, since: now })], seatGiven(accountId, { tenant: tenantId }))
  }
  await tellGuard(reach, tenantId, accountId)
}

const takeSeat: Follower = async (reach, tenantId, { meta }, now) => {
  const accountId = String(meta['account'])
  // Whoever was removed and invited again meanwhile keeps its seat.
  if ((await findSeat(reach, accountId, tenantId)) === null && (await reach.directory.read(accountTenantOf(reach.directory, accountId, tenantId)))) {
    await inDirectory(reach, now).commitDirectory([removeAccountTenant(reach.directory, accountId, tenantId)], seatTaken(accountId, { tenant: tenantId }))
  }
}

/** The directory says where a tenant stands too; it is asked by whoever owns one that is closed. */
const turn = (from: 'open' | 'closing', to: 'open' | 'closing', event: typeof tenantClosing): Follower => async (reach, tenantId, _body, now) => {
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  if (place?.state === from) await inDirectory(reach, now).commitDirectory([turnTenant(reach.directory, tenantId, from, to)], event(tenantId, {}))
  await tellMembers(reach, tenantId)
}

const tellWhoseRole: Follower = (reach, tenantId, { meta }) => tellGuard(reach, tenantId, String(meta['account']))

const tellEveryone: Follower = (reach, tenantId, _body) => tellMembers(reach, tenantId)

const inDirectory = (reach: Reach, now: number) => jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'follow-members')

const tellGuard = async (reach: Reach, tenantId: string, accountId: string): Promise<void> => void (await findSeat(reach, accountId, tenantId))

/** What tenancy's events bring about elsewhere: in the directory, in the guards, in the mail. */
export const tenancyFollowers: readonly (readonly [string, Follower])[] = [
  [memberInvited.eventName, mailInvitation],
  [memberJoined.eventName, giveSeat],
  [memberRemoved.eventName, takeSeat],
  [memberLeft.eventName, takeSeat],
  [memberRoleChanged.eventName, tellWhoseRole],
  [ownershipTransferred.eventName, tellEveryone],
  [policyChanged.eventName, tellEveryone],
  [tenantRenamed.eventName, tellEveryone],
  [closingAnnounced.eventName, turn('open', 'closing', tenantClosing)],
  [closingCalledOff.eventName, turn('closing', 'open', tenantReopened)],
]
