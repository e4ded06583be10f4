import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { changeRole } from './change-role.ts'
import { memberByAccount } from './people-store.ts'
import { takingAway } from './taking-away.ts'

test('while something is being taken away its person’s sessions have no seat here, in no other tenant’s way', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const person = await tenant.someone('member')
  const browser = await signedIn(person, tenant.id)
  const seats = async () => (await (await browser.door()).door.seats()).seats.map((seat) => seat.tenantId)
  const during: string[][] = []
  await (await asOwner(tenant)).run((ctx) => takingAway(ctx, person.accountId, async () => void during.push(await seats())))
  expect(during).toEqual([[]])
  expect((await (await reachNow()).guards.of(other.owner.accountId).recall()).seats).toHaveLength(1)
})

test('somebody demoted stays where it is working, in the lower role', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const person = await other.newSomeone('member')
  await tenant.newSomeone('admin', person)
  const browser = await signedIn(person, tenant.id)
  const memberId = (await tenant.asJob((ctx) => ctx.db.read(memberByAccount(ctx.db, person.accountId))))?.id ?? ''
  await (await asOwner(tenant)).run((ctx) => changeRole(ctx, { memberId, role: 'viewer' }))
  expect(await browser.run(async (ctx) => [ctx.tenant.id, ctx.actor.kind === 'member' && ctx.actor.role])).toEqual([tenant.id, 'viewer'])
})

test('what was not taken away after all is given back', async () => {
  const tenant = await newTenant()
  const person = await tenant.someone('member')
  const browser = await signedIn(person, tenant.id)
  await expect((await asOwner(tenant)).run((ctx) => takingAway(ctx, person.accountId, () => Promise.reject(new Error('refused'))))).rejects.toThrow('refused')
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(tenant.id)
})
