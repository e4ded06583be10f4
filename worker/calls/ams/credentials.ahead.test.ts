import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, reachNow } from '../../../tests/support/scene.ts'
import { listAms } from './list-ams.ts'
import { revokeAms } from './revoke-ams.ts'
import { withAms } from './with-ams.ts'

const maria = { id: 'c1', name: 'Maria Alvarez', phone: '+14155550132' }

/** The cron that carries out every retention rule, at the test clock's time. */
async function hourlyCron(): Promise<void> {
  const { default: worker } = exports as unknown as { default: { scheduled(event: { cron: string; scheduledTime: Date }): Promise<unknown> } } // `as`: typed by the entry file
  await worker.scheduled({ cron: '0 * * * *', scheduledTime: new Date(await testClock()) })
}

test('[CAL-60] an agency’s credentials are there after five years of hourly jobs and still open its AMS; revoked, they are out of the row and the next look-up asks nobody, while another agency’s stay', async () => {
  const [tenant, other] = [await newTenant({ preset: 'callintel' }), await newTenant({ preset: 'callintel' })]
  const [ams, theirs] = [await connectedDouble(tenant, [{ ...maria }]), await connectedDouble(other, [{ ...maria }])]
  const sealed = async (of = tenant) => (await reachNow()).shard(of.shard).prepare('select content from ams_connections where tenant_id = ?').bind(of.id).first<string | null>('content')
  const names = (of = tenant) => of.asJob((ctx) => withAms(ctx, 'look_up', async (each) => {
    const found = await each.findByPhone(maria.phone)
    return found.ok ? found.value.map(({ name }) => name) : found.trouble
  }))
  const before = await sealed()
  clock.aheadMs = 5 * 366 * 86_400_000
  try {
    await hourlyCron()
    expect([await sealed(), await names()]).toEqual([before, ['Maria Alvarez']])
    const owner = await asOwner(tenant)
    const { connections } = await owner.run((ctx) => listAms(ctx, { limit: 10 }))
    await owner.run((ctx) => revokeAms(ctx, connections[0]?.id ?? ''))
    const asked = ams.asked.length
    expect([await sealed(), await names(), ams.asked.length]).toEqual([null, null, asked])
    expect([await sealed(other), await names(other), theirs.asked.length]).toEqual([expect.any(String), ['Maria Alvarez'], 1])
  } finally {
    clock.aheadMs = 0
  }
})
