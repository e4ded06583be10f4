import type { Ctx } from '../../worker/core/ctx.ts'
import { addressIndex } from '../../worker/core/identity/address.ts'
import { sealContact } from '../../worker/core/identity/contact.ts'
import { accountCreated } from '../../worker/core/identity/events.ts'
import { insertAccount } from '../../worker/core/identity/store.ts'
import { jobVisit, runJob, type JobParts } from '../../worker/core/job.ts'
import type { Role } from '../../worker/core/module.ts'
import { PLATFORM } from '../../worker/core/reach.ts'
import type { PresetName } from '../../worker/core/tenancy/contract.ts'
import { createTenant, ensurePlatform } from '../../worker/core/tenancy/create-tenant.ts'
import { findSeat } from '../../worker/core/tenancy/find-seat.ts'
import { memberContact, memberJoined, seatGiven } from '../../worker/core/tenancy/module.ts'
import { insertAccountTenant, insertMember, insertRole } from '../../worker/core/tenancy/store.ts'
import type { TenantKind } from '../../worker/core/tenancy/contract.ts'
import type { z } from 'zod'
import { testClock } from './clock.ts'
import { reachNow } from './scene.ts'
import type { Account, Seated, TestTenant } from './tenant-words.ts'

export type { Seated, TestTenant }

/** A tenant made by the product's own verb, without hashing a password. */
export async function newTenant(options: { preset?: PresetName; kind?: z.infer<typeof TenantKind>; name?: string; owner?: { accountId: string; name: string; email: string } } = {}): Promise<TestTenant> {
  const { preset = 'combined', kind = 'agency' } = options
  const parts = await testParts()
  await ensurePlatform(parts.reach.keyring)
  const owner = options.owner ?? (await newAccount('Olga Owner', parts))
  const name = options.name ?? `Tenant ${owner.accountId.slice(-6)}`
  const id = await createTenant(jobVisit(parts, 'test'), { name, kind, preset, owner })
  const seat = await findSeat(parts.reach, owner.accountId, id)
  if (!seat) throw new Error('the tenant has no owner')
  const asJob = async <T>(verb: (ctx: Ctx) => Promise<T>, now?: number): Promise<T> => {
    const answer = await runJob(await testParts(now), id, 'test', async (ctx) => ({ value: await verb(ctx) }))
    if (!answer) throw new Error('the tenant is gone')
    return answer.value
  }
  const newSomeone: TestTenant['newSomeone'] = (role, account) => asJob((ctx) => seatSomeone(ctx, role, account))
  const people = new Map<Role, Promise<Seated>>([['owner', Promise.resolve({ ...owner, memberId: seat.memberId, role: 'owner' })]])
  const someone = (role: Role): Promise<Seated> => {
    const known = people.get(role) ?? newSomeone(role)
    people.set(role, known)
    return known
  }
  return { id, name, preset, shard: seat.shard, owner: await someone('owner'), someone, newSomeone, asJob }
}

/** A person with an account and an address, without a password and without a seat anywhere. */
export async function newAccount(name: string, given?: JobParts): Promise<{ accountId: string; name: string; email: string }> {
  const parts = given ?? (await testParts())
  await ensurePlatform(parts.reach.keyring)
  const visit = jobVisit(parts, 'test')
  const accountId = visit.newId('acc')
  const email = `${accountId}@people.test`
  const contact = await sealContact(visit, accountId, { name, email })
  const row = { id: accountId, emailIndex: await addressIndex(visit, email), contact: contact.sealed, sealVersion: contact.sealVersion, createdAt: visit.now }
  await visit.commitDirectory([insertAccount(visit.directory, row)], accountCreated(accountId, { via: 'operator' }))
  await visit.reach.guards.of(accountId).setContact(contact)
  return { accountId, name, email }
}

/** What a cron would have at `now`. */
export async function testParts(now?: number): Promise<JobParts> {
  return { reach: await reachNow(), now: now ?? (await testClock()), later: (work) => void work().catch(() => undefined) }
}

/** A seat without an invitation, for tests that are not about invitations. */
async function seatSomeone(ctx: Ctx, role: Role, account?: Account): Promise<Seated> {
  const person = { ...(account ?? (await newAccount({ owner: 'Otto', admin: 'Ada Admin', member: 'Mila Member', viewer: 'Vera Viewer' }[role]))), memberId: ctx.newId('mem'), role }
  const { accountId, memberId, name, email } = person
  const contact = await ctx.vault.seal(memberContact, memberId, { name, email })
  await ctx.commit(
    [insertMember(ctx.db, { id: memberId, accountId, contact: contact.sealed, sealVersion: contact.sealVersion, joinedAt: ctx.now }), insertRole(ctx.db, { id: memberId, accountId, role, since: ctx.now })],
    memberJoined(memberId, { account: accountId, role, invitation: null }),
  )
  await ctx.commitDirectory([insertAccountTenant(ctx.reach.directory, { accountId, tenantId: ctx.tenant.id, since: ctx.now })], seatGiven(accountId, { tenant: ctx.tenant.id }))
  await findSeat(ctx.reach, accountId, ctx.tenant.id)
  return person
}

/** The deployment's own id in the log. */
export const platform = PLATFORM
