import { beforeAll, expect, test } from 'vitest'
import { newIsolate } from '../../worker/core/reach.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { newTenant } from '../support/new-tenant.ts'
import { asOwner, asStranger, bindings } from '../support/scene.ts'
import { withBrowser } from '../tenancy/ask.ts'
import { entranceNamed, sent } from './act.ts'
import { FaultPlan, faultyEnv, TELLTALE } from './faulty-env.ts'

beforeAll(() => asStranger().call('/healthz'))

test('a page and a form whose store does not answer say so with 503 and when to try again, not what the store said; a moment later they are there', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [owner, neighbour] = [withBrowser(await asOwner(tenant)), withBrowser(await asOwner(other))]
  const asks = [[entranceNamed('GET /people'), {}], [entranceNamed('POST /security'), { form: { intent: 'name', name: 'Another name' } }]] as const
  for (const [entrance, ask] of asks) {
    const plan = new FaultPlan(2, 'before') // the first call is the cold isolate's look at the roots
    const refused = await sent(owner, entrance, ask)({ env: faultyEnv(bindings, plan), isolate: newIsolate(cheapHashes()) })
    expect([entrance.name, refused.status, refused.headers.get('Retry-After')]).toEqual([entrance.name, 503, '2'])
    expect(refused.body).not.toContain(TELLTALE)
    for (const someone of [owner, neighbour]) expect((await sent(someone, entrance, ask)({ env: bindings, isolate: newIsolate(cheapHashes()) })).status).toBeLessThan(400)
  }
})
