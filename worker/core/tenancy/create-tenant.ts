import { z } from 'zod'
import type { EventActor } from '../audit/event.ts'
import { outboxRows } from '../commit.ts'
import type { Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { recorderOf } from '../tenant-ctx.ts'
import { createRoots, ensureRoots, type Keyring } from '../vault/keyring.ts'
import { ROOTS } from '../vault/wrap.ts'
import { Email, PersonName, presetNames, presets, TenantKind, TenantName } from './contract.ts'
import { findSeat } from './find-seat.ts'
import { memberContact, tenantCreated, tenantOpened, tenantPlaced } from './module.ts'
import { begunTenant, insertAccountTenant, insertKeyVersion, insertMember, insertPolicyVersion, insertProfile, insertRole, insertTenant, openTenant, tenantsByShard } from './store.ts'

export const CreateTenant = z.object({
  name: TenantName,
  kind: TenantKind,
  preset: z.enum(presetNames),
  owner: z.object({ accountId: z.string(), name: PersonName, email: Email }),
})
export type CreateTenant = z.infer<typeof CreateTenant>

/**
 * A tenant with its first owner, open for use when this returns its id. It touches four stores, so each step is safe to
 * repeat: asking again for an owner whose tenant was begun but never completed completes that one. `by` is who asked: the
 * owner's own account, or an operator.
 */
export async function createTenant(visit: Visit, input: CreateTenant, by: EventActor = { kind: 'account', id: input.owner.accountId, role: null }): Promise<string> {
  const { reach } = visit
  const { accountId } = input.owner
  const place = (await reach.directory.read(begunTenant(reach.directory, accountId))) ?? (await placeTenant(visit, input, by))
  await createRoots(reach.keyring, place.id)
  await foundOnShard(visit, place, input, by)
  await unlessDone(visit.commitDirectory([openTenant(reach.directory, place.id)], tenantOpened(place.id, {}), by))
  // Giving is told after the commit. No seat: it was cleared away as abandoned at this very moment.
  if (!(await findSeat(reach, accountId, place.id))) throw new Fault({ code: 'unavailable', reason: 'the tenant was cleared away' })
  return place.id
}

/** The roots under which the deployment itself seals. Safe to repeat; one look where they exist. */
export const ensurePlatform = (keyring: Keyring): Promise<void> => ensureRoots(keyring, PLATFORM)

type Place = { readonly id: string; readonly shard: string }

async function placeTenant(visit: Visit, input: CreateTenant, by: EventActor): Promise<Place> {
  const { directory } = visit.reach
  const place = { id: visit.newId('ten'), shard: await emptiestShard(visit.reach) }
  await visit.commitDirectory(
    [insertTenant(directory, { ...place, createdAt: visit.now }), insertAccountTenant(directory, { accountId: input.owner.accountId, tenantId: place.id, since: visit.now })],
    tenantPlaced(place.id, { kind: input.kind, preset: input.preset, shard: place.shard }),
    by,
  )
  return place
}

async function emptiestShard(reach: Reach): Promise<string> {
  const counts = new Map((await reach.directory.read(tenantsByShard(reach.directory))).map(({ shard, n }) => [shard, n]))
  const [emptiest] = reach.shardNames.toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))
  if (!emptiest) throw new Fault({ code: 'unavailable', reason: 'no shard' })
  return emptiest
}

async function foundOnShard(visit: Visit, { id, shard }: Place, input: CreateTenant, by: EventActor): Promise<void> {
  const { reach, now, newId } = visit
  const { accountId, name, email } = input.owner
  const db = reach.tenantDb({ tenantId: id, shard, sealVersion: 1, policyVersion: 1, accountId: null, role: null, sessionAt: null })
  const vault = reach.vault(id, 1, now)
  const memberId = newId('mem')
  const contact = await vault.seal(memberContact, memberId, { name, email })
  const rows = await outboxRows({ ...recorderOf(id, by, visit), vault }, [tenantCreated(id, { kind: input.kind, preset: input.preset, owner: memberId })])
  const writes = [
    insertProfile(db, { id, name: input.name, kind: input.kind, preset: input.preset, createdAt: now }),
    insertPolicyVersion(db, { id: newId('pol'), version: 1, document: JSON.stringify(presets[input.preset]), changedBy: by.id, changedAt: now }),
    insertMember(db, { id: memberId, accountId, contact: contact.sealed, sealVersion: contact.sealVersion, joinedAt: now }),
    insertRole(db, { id: memberId, accountId, role: 'owner', since: now }),
    ...ROOTS.map((root) => insertKeyVersion(db, { id: newId('kev'), root, version: 1, state: 'active', createdAt: now })),
  ]
  await unlessDone(db.found(writes, rows))
  visit.later(() => reach.chain.poke(id, now))
}

/** A conflict here means that another call came this far already. */
async function unlessDone(step: Promise<unknown>): Promise<void> {
  try {
    await step
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  }
}
