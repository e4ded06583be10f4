import { expect, test } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { listAms } from './list-ams.ts'
import { testAms } from './test-ams.ts'

async function house() {
  const tenant = await newTenant({ preset: 'callintel' })
  const ams = await connectedDouble(tenant, [{ id: 'c1', name: 'Maria Alvarez', phone: '+14155550132' }, { id: 'c2', name: 'Rosa Alvarez', phone: '+14155550132' }])
  const owner = await asOwner(tenant)
  const id = (await owner.run((ctx) => listAms(ctx, { limit: 1 }))).connections[0]?.id ?? ''
  return { tenant, ams, owner, id }
}

test('a number that is given along is looked up: how many have it is said, and who they are is not', async () => {
  const { tenant, owner, id, ams } = await house()
  const other = await house()
  const tried = await owner.run((ctx) => testAms(ctx, id, { phone: '(415) 555-0132' }))
  expect([tried, ams.asked]).toEqual([{ trouble: null, contacts: 2 }, ['GET /me', 'GET /contacts']])
  expect(await owner.run((ctx) => testAms(ctx, id, { phone: '+14155550199' }))).toEqual({ trouble: null, contacts: 0 })
  expect(await failureOf(owner.run((ctx) => testAms(ctx, id, { phone: 'the usual one' })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/phone' }] })
  expect((await entriesOf(tenant.id, 'calls.ams_credentials.read')).map(({ meta }) => meta['use'])).toEqual(['test', 'test'])
  expect([other.ams.asked, await entriesOf(other.tenant.id, 'calls.ams.tested')]).toEqual([[], []])
})

test('what is wrong is said in a word of ours and kept with the connection until the next test', async () => {
  const { tenant, owner, id, ams } = await house()
  const shown = async () => (await owner.run((ctx) => listAms(ctx, { limit: 1 }))).connections[0]?.testTrouble
  ams.does = 'busy'
  expect([await owner.run((ctx) => testAms(ctx, id, {})), await shown()]).toEqual([{ trouble: 'busy', contacts: null }, 'busy'])
  ams.does = 'reset'
  expect([await owner.run((ctx) => testAms(ctx, id, {})), await shown()]).toEqual([{ trouble: 'unreachable', contacts: null }, 'unreachable'])
  ams.does = 'answers'
  expect([await owner.run((ctx) => testAms(ctx, id, {})), await shown()]).toEqual([{ trouble: null, contacts: null }, null])
  expect((await entriesOf(tenant.id, 'calls.ams.tested')).map(({ meta }) => meta['trouble'])).toEqual(['busy', 'unreachable', 'none'])
})
