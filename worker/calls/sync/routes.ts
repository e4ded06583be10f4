import { route, type ApiRoute } from '../../core/api/route.ts'
import { HandOver, HandOverCounts, ReplayedCall, ReplayedCalls } from './contract.ts'
import { readHandOvers } from './read-hand-overs.ts'
import { replayCall, replayedCall } from './replay-call.ts'
import { replayCalls } from './replay-calls.ts'

/** The way of calls' notes into the AMS. */
export const syncRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/call-hand-overs', operationId: 'readCallHandOvers', tag: 'Calls',
    summary: 'How many calls could not be handed to the AMS, and how many were lost by it',
    answer: HandOverCounts,
    run: async (ctx) => ({ body: await readHandOvers(ctx) }),
  }),
  route({
    method: 'post', path: '/api/v1/call-hand-overs', operationId: 'replayCalls', tag: 'Calls',
    summary: 'Hand over again every call that was given up or was due without an AMS',
    answer: ReplayedCalls,
    status: 201,
    run: async (ctx) => ({ body: await replayCalls(ctx) }),
    again: async () => ({ calls: 0 }),
  }),
  route({
    method: 'post', path: '/api/v1/calls/{callId}/hand-over', operationId: 'replayCall', tag: 'Calls',
    summary: 'Hand a call to the AMS once more',
    params: HandOver,
    answer: ReplayedCall,
    status: 201,
    run: async (ctx, { params: { callId } }) => ({ body: await replayCall(ctx, callId) }),
    again: async (_, callId) => replayedCall(callId),
  }),
]
