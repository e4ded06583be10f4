import type { Follower } from '../../core/audit/follower.ts'
import { accountClosed, emailDisputed, notMeReported, passwordChanged, passwordReset, sessionClosed, sessionsClosed, tenantSwitched } from '../../core/identity/events.ts'
import { factorDisabled, factorEnabled } from '../../core/identity/events-factors.ts'
import { closingAnnounced, memberLeft, memberRemoved, memberRoleChanged, ownershipTransferred, policyChanged, sessionsEnded, tenantDestroyed } from '../../core/tenancy/module.ts'
import { Pops } from './pops.ts'

/** Whoever lost its place, or holds another role, is cut off; who may still listen comes again and is asked anew. */
const hangUpMember: Follower = (reach, tenantId, { subject }) => new Pops({ reach, tenantId }).hangUp({ memberId: subject })

const hangUpEverybody: Follower = (reach, tenantId) => new Pops({ reach, tenantId }).hangUp('everybody')

/** A session ended, or went on elsewhere: every page of its person is cut off, in every tenant it has a seat in. */
const hangUpAccount: Follower = async (reach, _log, { subject }) => {
  const { seats } = await reach.guards.of(subject).recall()
  await Promise.all(seats.map(({ tenantId }) => new Pops({ reach, tenantId }).hangUp({ accountId: subject })))
}

const forgetPops: Follower = (reach, _log, { subject }) => new Pops({ reach, tenantId: subject }).forget()

/** What closes sockets, once it is told to the log: within a moment of the change, and repeated until it is done. */
export const popFollowers: readonly (readonly [string, Follower])[] = [
  ...[memberRemoved, memberLeft, memberRoleChanged].map(({ eventName }) => [eventName, hangUpMember] as const),
  ...[ownershipTransferred, policyChanged, sessionsEnded, closingAnnounced].map(({ eventName }) => [eventName, hangUpEverybody] as const),
  ...[sessionClosed, sessionsClosed, passwordChanged, passwordReset, notMeReported, emailDisputed, accountClosed, tenantSwitched, factorEnabled, factorDisabled].map(({ eventName }) => [eventName, hangUpAccount] as const),
  [tenantDestroyed.eventName, forgetPops],
]
