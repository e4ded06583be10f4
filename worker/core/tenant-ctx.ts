import type { SeatCopy } from '../../durable-objects/account-words.ts'
import type { EventActor, RecordedEvent } from './audit/event.ts'
import { outboxRows, type Recorder } from './commit.ts'
import type { Actor, Ctx, Visit } from './ctx.ts'
import { sealOrigin } from './origin.ts'
import type { Policy } from './tenancy/contract.ts'

/** Who an entry names. */
export function eventActorOf(actor: Actor): EventActor {
  switch (actor.kind) {
    case 'member':
      return { kind: 'member', id: actor.accountId, role: actor.role }
    case 'key':
    case 'carrier':
      return { kind: 'key', id: actor.keyId, role: null }
    case 'system':
      return { kind: 'system', id: actor.job, role: null }
    case 'visitor':
      return { kind: 'visitor', id: 'anonymous', role: null }
  }
}

/**
 * A ctx for a seat that somebody already found: the session's, an API key's, a job's. `drain` wakes whoever seals what was
 * committed. `eventActor` names in the log somebody who acts here without being a member, such as an invited account.
 */
export function tenantCtx(visit: Visit, seat: SeatCopy, policy: Policy, actor: Actor, drain: (tenantId: string) => Promise<unknown>, eventActor: EventActor = eventActorOf(actor)): Ctx {
  const { reach, now } = visit
  const member = actor.kind === 'member' ? actor : null
  const vault = reach.vault(seat.tenantId, seat.sealVersion, now)
  const db = reach.tenantDb({
    tenantId: seat.tenantId,
    shard: seat.shard,
    sealVersion: seat.sealVersion,
    policyVersion: seat.policyVersion,
    accountId: member?.accountId ?? null,
    role: member?.role ?? null,
    sessionAt: member?.session.openedAt ?? null,
  })
  const recorded = (events: RecordedEvent | readonly RecordedEvent[]) => outboxRows({ ...recorderOf(seat.tenantId, eventActor, visit), vault }, [events].flat())
  const wake = () => {
    visit.later(() => drain(seat.tenantId))
  }
  return {
    ...visit,
    tenant: { id: seat.tenantId, name: seat.name, shard: seat.shard, kind: seat.kind, preset: seat.preset },
    policy,
    actor,
    eventActor,
    db,
    vault,
    commit: async (writes, events) => {
      await db.write(writes, await recorded(events))
      wake()
    },
    commitAsking: async (writes, events, asked) => {
      const answer = await db.writeAsking(writes, await recorded(events), asked)
      wake()
      return answer
    },
  }
}

/** What every event of one request shares, for a tenant's log or the deployment's. */
export function recorderOf(tenant: string, actor: EventActor, visit: Visit): Recorder {
  const person = actor.kind === 'system' ? null : actor.id
  return {
    tenant,
    actor,
    now: visit.now,
    newId: visit.newId,
    vault: visit.platformVault,
    personal: async (reason) => {
      if (reason === null && (person === null || visit.origin.sealed !== null)) return person === null ? null : visit.origin.sealed
      return sealOrigin(visit.platformVault, person ?? 'system', visit.now, { ip: visit.origin.ip, userAgent: visit.origin.userAgent, reason })
    },
  }
}
