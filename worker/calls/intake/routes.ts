import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { ConnectionId, ConnectionShown, ConnectionView, HookEventView } from '../../core/hooks/contract.ts'
import { listConnections, readConnection } from '../../core/hooks/list-connections.ts'
import { revokedConnection } from '../../core/hooks/revoke-connection.ts'
import { connectProvider, disconnectProvider, rotateProvider, testProvider } from './connect-provider.ts'
import { ConnectProvider, HandlerId, HandlerView, MapHandler, RotateProvider, TestOutcome } from './contract.ts'
import { listHandlers, mapHandler, readHandler, removeHandler } from './map-handler.ts'

const params = z.strictObject({ connectionId: ConnectionId })

/** Diallers, their connections, and whom they mean. */
export const intakeRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/call-connections', operationId: 'listCallConnections', tag: 'Calls',
    summary: 'Connections of diallers, newest first',
    query: z.strictObject(Paging),
    answer: z.object({ connections: z.array(ConnectionView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listConnections(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/call-connections', operationId: 'connectDialler', tag: 'Calls',
    summary: 'Connect a dialler; its address and its secret are shown once',
    body: ConnectProvider,
    answer: ConnectionShown,
    status: 201,
    showsOnce: true,
    run: async (ctx, { body }) => ({ body: await connectProvider(ctx, body) }),
  }),
  route({
    method: 'get', path: '/api/v1/call-connections/{connectionId}', operationId: 'readCallConnection', tag: 'Calls',
    summary: 'One connection with its last messages by id and verdict',
    params,
    answer: z.object({ connection: ConnectionView, events: z.array(HookEventView) }),
    run: async (ctx, { params: { connectionId } }) => ({ body: await readConnection(ctx, connectionId) }),
  }),
  route({
    method: 'post', path: '/api/v1/call-connections/{connectionId}/rotation', operationId: 'rotateCallConnection', tag: 'Calls',
    summary: 'Replace a connection’s secret, shown once; the old one is accepted for a day more',
    params,
    body: RotateProvider,
    answer: ConnectionShown,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params: { connectionId }, body }) => ({ body: await rotateProvider(ctx, connectionId, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/call-connections/{connectionId}/revocation', operationId: 'revokeCallConnection', tag: 'Calls',
    summary: 'Take nothing from a dialler any more, at once',
    params,
    answer: ConnectionView,
    status: 201,
    run: async (ctx, { params: { connectionId } }) => ({ body: await disconnectProvider(ctx, connectionId) }),
    again: revokedConnection,
  }),
  route({
    method: 'post', path: '/api/v1/call-connections/{connectionId}/tests', operationId: 'testCallConnection', tag: 'Calls',
    summary: 'Send a connection a signed message that tells of nothing',
    params,
    answer: TestOutcome,
    status: 201,
    run: async (ctx, { params: { connectionId } }) => ({ body: await testProvider(ctx, connectionId) }),
    again: async () => ({ accepted: true, verdict: 'accepted' }),
  }),
  route({
    method: 'get', path: '/api/v1/call-connections/{connectionId}/handlers', operationId: 'listCallHandlers', tag: 'Calls',
    summary: 'Whom a dialler means by its words',
    params,
    answer: z.object({ handlers: z.array(HandlerView) }),
    run: async (ctx, { params: { connectionId } }) => ({ body: { handlers: await listHandlers(ctx, connectionId) } }),
  }),
  route({
    method: 'post', path: '/api/v1/call-connections/{connectionId}/handlers', operationId: 'mapCallHandler', tag: 'Calls',
    summary: 'Note whom a dialler means by an extension, a user id or an address',
    params,
    body: MapHandler,
    answer: HandlerView,
    status: 201,
    run: async (ctx, { params: { connectionId }, body }) => ({ body: await mapHandler(ctx, connectionId, body) }),
    again: readHandler,
  }),
  route({
    method: 'delete', path: '/api/v1/call-handlers/{handlerId}', operationId: 'removeCallHandler', tag: 'Calls',
    summary: 'A dialler’s word means nobody any more',
    params: z.strictObject({ handlerId: HandlerId }),
    overwritesNothing: 'It takes away a row that is never changed.',
    status: 204,
    run: async (ctx, { params: { handlerId } }) => ({ body: await removeHandler(ctx, handlerId) }),
  }),
]
