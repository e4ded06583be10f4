import { expect, test } from 'vitest'
import { newTenant, platform } from '../../../tests/support/new-tenant.ts'
import { asOwner, bindings, drained, entriesOf, reachNow } from '../../../tests/support/scene.ts'
import type { EventBody } from '../audit/event.ts'
import type { Follower } from '../audit/follower.ts'
import { tenantLetter } from '../delivery/module.ts'
import { tenancyFollowers } from './followers.ts'
import { inviteMember } from './invite-member.ts'
import { memberInvited, memberJoined, memberRemoved } from './module.ts'
import { removeMember } from './remove-member.ts'

const followerOf = (name: string): Follower => tenancyFollowers.find(([event]) => event === name)![1]

/** An event as the drain hands it to followers. */
const told = (name: string, tenant: string, subject: string, meta: EventBody['meta'], id = 'evt_01h455vb4pex5vsknk084sn02q'): EventBody => ({
  v: 1, id, tenant, name, subject, actor: { kind: 'system', id: 'test', role: null }, at: 0, meta, personal: null,
})

const mays = async (accountId: string): Promise<string[]> => (await bindings.DIRECTORY.prepare('select tenant_id as t from account_tenants where account_id = ?').bind(accountId).all<{ t: string }>()).results.map(({ t }) => t)

test('an invitation queues one mail, however often its event is followed, and neither queue nor row holds the link', async () => {
  const tenant = await newTenant()
  const { id } = await (await asOwner(tenant)).run((ctx) => inviteMember(ctx, { email: 'nora@people.test', name: 'Nora', role: 'member' }))
  await drained(tenant.id)
  const reach = await reachNow()
  const event = told(memberInvited.eventName, tenant.id, id, { role: 'member' })
  for (let n = 0; n < 3; n += 1) await followerOf(memberInvited.eventName)(reach, tenant.id, event, Date.now())
  const { results } = await bindings[tenant.shard as 'SHARD_1'].prepare("select id, content, seal_version as v from deliveries where tenant_id = ? and template = 'invitation'").bind(tenant.id).all<{ id: string; content: never; v: number }>()
  const vault = reach.vault(tenant.id, 1, Date.now())
  const letters = await Promise.all(results.map((row) => vault.open<{ to: string; params: { invitationId: string } }>(tenantLetter, row.id, { sealed: row.content, sealVersion: row.v })))
  expect(letters).toHaveLength(2) // the drain's, and the three repeats of one made-up event together
  for (const letter of letters) expect(letter).toEqual({ to: 'nora@people.test', params: { invitationId: id } })
  expect(JSON.stringify([letters, results])).not.toContain('cs_inv_')
})

test('the directory names whoever joined and forgets whoever was removed; a repeat of the older event changes nothing', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const person = await tenant.newSomeone('member')
  await drained(tenant.id)
  expect(await mays(person.accountId)).toEqual([tenant.id])
  const before = (await entriesOf(platform, 'core.seat.given')).length
  const reach = await reachNow()
  await followerOf(memberJoined.eventName)(reach, tenant.id, told(memberJoined.eventName, tenant.id, person.memberId, { account: person.accountId, role: 'member', invitation: null }), Date.now())
  expect((await entriesOf(platform, 'core.seat.given')).length).toBe(before)

  await (await asOwner(tenant)).run((ctx) => removeMember(ctx, person.memberId))
  await drained(tenant.id)
  expect(await mays(person.accountId)).toEqual([])
  expect(await mays(other.owner.accountId)).toEqual([other.id])
})

test('a removal that is followed late does not take the seat of somebody who came back', async () => {
  const tenant = await newTenant()
  const person = await tenant.newSomeone('member')
  await drained(tenant.id)
  await followerOf(memberRemoved.eventName)(await reachNow(), tenant.id, told(memberRemoved.eventName, tenant.id, 'mem_gone', { account: person.accountId, role: 'member' }), Date.now())
  expect(await mays(person.accountId)).toEqual([tenant.id])
})
