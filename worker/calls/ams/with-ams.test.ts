import { expect, test } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, entriesOf, reachNow } from '../../../tests/support/scene.ts'
import { listAms } from './list-ams.ts'
import { revokeAms } from './revoke-ams.ts'
import { withAms } from './with-ams.ts'

const maria = { id: 'c1', name: 'Maria Alvarez', phone: '+14155550132' }

async function house() {
  const tenant = await newTenant({ preset: 'callintel' })
  return { tenant, ams: await connectedDouble(tenant, [{ ...maria }]) }
}

test('[CAL-51] the credentials are opened once for each use and never between: as many entries as look-ups, none at idle', async () => {
  const [{ tenant, ams }, other] = [await house(), await house()]
  const uses = async () => (await entriesOf(tenant.id, 'calls.ams_credentials.read')).map(({ meta }) => meta['use'])
  expect(await uses()).toEqual([])
  const look = () => tenant.asJob((ctx) => withAms(ctx, 'look_up', (each) => each.findByPhone(maria.phone)))
  for (const times of [1, 2]) {
    expect(await look()).toMatchObject({ ok: true, value: [{ id: 'c1', name: 'Maria Alvarez' }] })
    expect([await uses(), ams.asked]).toEqual([Array.from({ length: times }, () => 'look_up'), Array.from({ length: times }, () => 'GET /contacts')])
  }
  expect([await entriesOf(other.tenant.id, 'calls.ams_credentials.read'), other.ams.asked]).toEqual([[], []])
})

test('[CAL-43] two look-ups are two requests, and a name that was changed in the AMS between them is the one that is seen', async () => {
  const { tenant, ams } = await house()
  const names = () => tenant.asJob((ctx) => withAms(ctx, 'look_up', async (each) => {
    const found = await each.findByPhone(maria.phone)
    return found.ok ? found.value.map(({ name }) => name) : found.trouble
  }))
  const before = await names()
  ams.contacts[0]!.name = 'Maria Alvarez-Pruitt'
  expect([before, await names(), ams.asked.length]).toEqual([['Maria Alvarez'], ['Maria Alvarez-Pruitt'], 2])
})

test('without a connection nobody is asked, and nothing is opened; so it is once the connection is revoked', async () => {
  const bare = await newTenant({ preset: 'callintel' })
  expect(await bare.asJob((ctx) => withAms(ctx, 'look_up', async () => 'asked'))).toBeNull()
  const { tenant, ams } = await house()
  const owner = await asOwner(tenant)
  const { connections } = await owner.run((ctx) => listAms(ctx, { limit: 10 }))
  await owner.run((ctx) => revokeAms(ctx, connections[0]?.id ?? ''))
  expect(await tenant.asJob((ctx) => withAms(ctx, 'look_up', async () => 'asked'))).toBeNull()
  expect([ams.asked, await entriesOf(tenant.id, 'calls.ams_credentials.read')]).toEqual([[], []])
  expect(await (await reachNow()).shard(tenant.shard).prepare('select content from ams_connections where tenant_id = ?').bind(tenant.id).all()).toMatchObject({ results: [{ content: null }] })
})
