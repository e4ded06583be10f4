import { expect, test } from 'vitest'
import { popHouse, popOf, popsOf, ringAt } from '../../../tests/support/pop-scene.ts'
import { bindings, entriesOf, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { listPops } from './list-pops.ts'

test('whoever is shown who calls stands in the log as a reader, each time; an empty look stands nowhere', async () => {
  const [{ line, mila, tenant, seat }, other] = [await popHouse(), await popHouse()]
  expect(await popsOf(mila)).toEqual([])
  await ringAt(line)
  const { call } = await popOf(mila)
  const before = (await entriesOf(tenant.id, 'calls.pop.read')).length
  await popsOf(mila)
  const entries = await entriesOf(tenant.id, 'calls.pop.read')
  expect(entries).toHaveLength(before + 1)
  expect(entries.at(-1)).toMatchObject({ subject: call.id, actor: { kind: 'member', id: seat.accountId }, meta: { state: 'one' } })
  expect(await entriesOf(other.tenant.id, 'calls.pop.read')).toEqual([])
})

test('a viewer is shown nothing, and a removed or lowered member is refused with the very next look', async () => {
  const { mila, tenant, seat } = await popHouse()
  const viewer = await signedIn(await tenant.newSomeone('viewer'), tenant.id)
  expect(await failureOf(viewer.run(listPops))).toMatchObject({ code: 'role_required' })
  await bindings[tenant.shard as 'SHARD_1'].prepare("update user_roles set role = 'viewer' where tenant_id = ? and id = ?").bind(tenant.id, seat.memberId).run() // `as`: a test tenant lives on one of two
  expect(await failureOf(mila.run(listPops))).toMatchObject({ code: 'role_required' })
})

test('of a call that is purged while it is shown nothing is opened', async () => {
  const { line, mila, tenant } = await popHouse()
  await ringAt(line)
  const { call } = await popOf(mila)
  await bindings[tenant.shard as 'SHARD_1'].prepare("update calls set state = 'purging', content = null where tenant_id = ? and id = ?").bind(tenant.id, call.id).run() // `as`: as above
  expect(await popsOf(mila)).toEqual([])
})
