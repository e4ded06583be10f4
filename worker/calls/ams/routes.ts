import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { connectAms } from './connect-ams.ts'
import { AmsConnected, AmsConnectionId, AmsConnectionView, AmsTested, ConnectAms, TestAms } from './contract.ts'
import { listAms } from './list-ams.ts'
import { revokeAms, revokedAms } from './revoke-ams.ts'
import { testAms, testedAms } from './test-ams.ts'

const params = z.strictObject({ amsId: AmsConnectionId })

/** The agency management system that calls are matched with and handed over to. */
export const amsRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/ams-connections', operationId: 'listAmsConnections', tag: 'Calls',
    summary: 'Connections to agency management systems, newest first; at most one is active',
    query: z.strictObject(Paging),
    answer: z.object({ connections: z.array(AmsConnectionView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listAms(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/ams-connections', operationId: 'connectAms', tag: 'Calls',
    summary: 'Connect an agency management system; the secret that signs a webhook is shown once',
    body: ConnectAms,
    answer: AmsConnected,
    status: 201,
    showsOnce: true,
    run: async (ctx, { body }) => ({ body: await connectAms(ctx, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/ams-connections/{amsId}/tests', operationId: 'testAms', tag: 'Calls',
    summary: 'Try the active connection, and count the contacts of a telephone number where one is given',
    params,
    body: TestAms,
    answer: AmsTested,
    status: 201,
    run: async (ctx, { params: { amsId }, body }) => ({ body: await testAms(ctx, amsId, body) }),
    again: testedAms,
  }),
  route({
    method: 'post', path: '/api/v1/ams-connections/{amsId}/revocation', operationId: 'revokeAms', tag: 'Calls',
    summary: 'Ask an agency management system nothing any more; what it was asked with is destroyed',
    params,
    answer: AmsConnectionView,
    status: 201,
    run: async (ctx, { params: { amsId } }) => ({ body: await revokeAms(ctx, amsId) }),
    again: revokedAms,
  }),
]
