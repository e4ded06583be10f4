import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { CallDetail, CallId, CallStanding, CallView } from './contract.ts'
import { listCalls } from './list-calls.ts'
import { readCall } from './read-call.ts'

/** The log of calls. */
export const logRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/calls', operationId: 'listCalls', tag: 'Calls',
    summary: 'Calls, newest first: everybody’s, or one’s own',
    query: z.strictObject({ ...Paging, stands: CallStanding.optional() }),
    answer: z.object({ calls: z.array(CallView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const { calls, next } = await listCalls(ctx, query)
      return { body: { calls, next }, next }
    },
  }),
  route({
    method: 'get', path: '/api/v1/calls/{callId}', operationId: 'readCall', tag: 'Calls',
    summary: 'One call with what is still kept of its other party',
    params: z.strictObject({ callId: CallId }),
    answer: CallDetail,
    run: async (ctx, { params }) => ({ body: await readCall(ctx, params.callId) }),
  }),
]
