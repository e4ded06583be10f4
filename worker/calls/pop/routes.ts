import { z } from 'zod'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { CallId } from '../log/contract.ts'
import { chooseContact } from './choose-contact.ts'
import { ChooseContact, DisposeCall, PopView } from './contract.ts'
import { disposeCall } from './dispose-call.ts'
import { listPops } from './list-pops.ts'

const params = z.strictObject({ callId: CallId })
const lastWord = 'Only the handler of a call says it, of its own call; the last word counts.'

/** Who calls, while it rings. */
export const popRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/screen-pops', operationId: 'listScreenPops', tag: 'Calls',
    summary: 'One’s own calls that ring, or rang within five minutes, with who it is',
    answer: z.object({ pops: z.array(PopView) }),
    run: async (ctx) => ({ body: { pops: await listPops(ctx) } }),
  }),
  route({
    method: 'put', path: '/api/v1/calls/{callId}/contact', operationId: 'chooseCallContact', tag: 'Calls',
    summary: 'Say which of several contacts a call is with; remembered for a month',
    params,
    body: ChooseContact,
    overwritesNothing: lastWord,
    status: 204,
    run: async (ctx, { params: { callId }, body }) => ({ body: await chooseContact(ctx, callId, body) }),
  }),
  route({
    method: 'put', path: '/api/v1/calls/{callId}/disposition', operationId: 'disposeCall', tag: 'Calls',
    summary: 'Say what came of one’s own call',
    params,
    body: DisposeCall,
    overwritesNothing: lastWord,
    status: 204,
    run: async (ctx, { params: { callId }, body }) => ({ body: await disposeCall(ctx, callId, body) }),
  }),
]
