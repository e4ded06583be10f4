import { expect, test } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asOwner, reachNow } from '../../../tests/support/scene.ts'
import { runRetention } from '../../core/retention/run-retention.ts'
import { manifests, sweeps } from '../../modules.ts'
import { listAms } from './list-ams.ts'
import { revokeAms } from './revoke-ams.ts'
import { withAms } from './with-ams.ts'

test('[CAL-60] what an AMS gave us is there after five years of hourly sweeps; revoked, it is gone from the row and the next look-up asks nobody, while another agency’s goes on', async () => {
  const houses = []
  for (const name of ['Grace', 'Lena']) {
    const tenant = await newTenant({ preset: 'callintel' })
    houses.push({ tenant, ams: await connectedDouble(tenant, [{ id: 'c1', name, phone: '+14155550132' }]) })
  }
  const [one, other] = houses as [(typeof houses)[0] & {}, (typeof houses)[0] & {}] // `as`: two were made
  const look = ({ tenant }: typeof one) => tenant.asJob((ctx) => withAms(ctx, 'look_up', (ams) => ams.findByPhone('+14155550132')))
  const later = (await testClock()) + 5 * 366 * 86_400_000
  await runRetention(await testParts(later), sweeps, manifests)
  expect(await look(one)).toMatchObject({ ok: true, value: [{ name: 'Grace' }] })

  const owner = await asOwner(one.tenant)
  const { connections } = await owner.run((ctx) => listAms(ctx, { limit: 1 }))
  await owner.run((ctx) => revokeAms(ctx, connections[0]?.id ?? ''))
  const row = await (await reachNow()).shard(one.tenant.shard).prepare('select content from ams_connections where id = ?').bind(connections[0]?.id).first()
  expect([row, await look(one), one.ams.asked.length]).toEqual([{ content: null }, null, 1])
  expect(await look(other)).toMatchObject({ ok: true, value: [{ name: 'Lena' }] })
})
