import { expect, test } from 'vitest'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asOwner, reachNow, replaced, signedIn } from '../../../tests/support/scene.ts'
import type { Ctx } from '../ctx.ts'
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

test('a guard that heard and could not answer is told how things stand: nothing was taken away', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [person, neighbour] = [await tenant.someone('member'), await other.someone('member')]
  const browser = await signedIn(person, tenant.id)
  const { reach } = await testParts()
  const of = (accountId: string) => {
    const guard = reach.guards.of(accountId)
    let told = 0
    const deaf = async (...seat: Parameters<typeof guard.rememberSeat>) => {
      await guard.rememberSeat(...seat)
      told += 1
      if (told === 1) throw new Error('the connection broke')
    }
    return replaced(guard, 'rememberSeat', deaf as typeof guard.rememberSeat) // `as`: a stub's method is more than its signature
  }
  const broken = (ctx: Ctx): Ctx => replaced(ctx, 'reach', replaced(reach, 'guards', replaced(reach.guards, 'of', of)))
  let committed = false
  await expect((await asOwner(tenant)).run((ctx) => takingAway(broken(ctx), person.accountId, async () => void (committed = true)))).rejects.toThrow('the connection broke')
  expect(committed).toBe(false)
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(tenant.id)
  expect(await (await signedIn(neighbour, other.id)).run(async (ctx) => ctx.tenant.id)).toBe(other.id)
})

test('what was not taken away after all is given back', async () => {
  const tenant = await newTenant()
  const person = await tenant.someone('member')
  const browser = await signedIn(person, tenant.id)
  await expect((await asOwner(tenant)).run((ctx) => takingAway(ctx, person.accountId, () => Promise.reject(new Error('refused'))))).rejects.toThrow('refused')
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(tenant.id)
})
