import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { Fault } from '../../core/failure.ts'
import { Reason, RequestChange, RequestDetail, RequestFilter, RequestId, RequestTerms, RequestView } from './contract.ts'
import { changeRequest, draftRequest } from './draft-request.ts'
import { listRequests } from './list-requests.ts'
import { endRequest, makeReady, reopenRequest } from './move-request.ts'
import { readRequest } from './read-request.ts'
import { transmitRequest } from './transmit-request.ts'
import type { Ctx } from '../../core/ctx.ts'

const params = z.strictObject({ requestId: RequestId })
/** Of a request as it was seen: what came in between is not stepped over. */
const Seen = z.strictObject({ version: z.number().int().min(1) })

const detail = async (ctx: Ctx, id: string) => {
  const { may: _, ...request } = await readRequest(ctx, id)
  return request
}

/** Contracting requests, for the FMO. */
export const requestRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/contracting-requests', operationId: 'listRequests', tag: 'Contracting requests',
    summary: 'Contracting requests, newest first',
    query: z.strictObject({ ...Paging, ...RequestFilter.shape }),
    answer: z.object({ requests: z.array(RequestView), next: z.string().nullable() }),
    run: async (ctx, { query: { cursor, limit, ...filter } }) => {
      const { requests, next } = await listRequests(ctx, filter, { cursor, limit })
      return { body: { requests, next }, next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests', operationId: 'draftRequest', tag: 'Contracting requests',
    summary: 'Draft a request to a carrier for a producer',
    body: RequestTerms,
    answer: RequestView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await draftRequest(ctx, body) }),
    again: async (ctx, id) => RequestView.parse(await detail(ctx, id)),
  }),
  route({
    method: 'get', path: '/api/v1/contracting-requests/{requestId}', operationId: 'readRequest', tag: 'Contracting requests',
    summary: 'One request with its timeline and what stands in its way',
    params,
    answer: RequestDetail,
    versioned: true,
    run: async (ctx, { params: { requestId } }) => {
      const request = await detail(ctx, requestId)
      return { body: request, version: request.version }
    },
  }),
  route({
    method: 'patch', path: '/api/v1/contracting-requests/{requestId}', operationId: 'changeRequest', tag: 'Contracting requests',
    summary: 'Change a draft; If-Match takes its ETag',
    params,
    body: RequestChange,
    answer: RequestView,
    versioned: true,
    run: async (ctx, { params: { requestId }, body, ifMatch }) => {
      if (!/^\d{1,9}$/.test(ifMatch ?? '')) throw new Fault({ code: 'precondition_failed' })
      const request = await changeRequest(ctx, requestId, { ...body, version: Number(ifMatch) })
      return { body: request, version: request.version }
    },
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests/{requestId}/ready', operationId: 'makeRequestReady', tag: 'Contracting requests',
    summary: 'Let a draft be signed; refused with everything that stands in its way',
    params,
    body: Seen,
    status: 204,
    run: async (ctx, { params: { requestId }, body }) => ({ body: await makeReady(ctx, { id: requestId, ...body }) }),
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests/{requestId}/draft', operationId: 'reopenRequest', tag: 'Contracting requests',
    summary: 'Make a request a draft again; what was signed for it no longer counts',
    params,
    body: Seen,
    status: 204,
    run: async (ctx, { params: { requestId }, body }) => ({ body: await reopenRequest(ctx, { id: requestId, ...body }) }),
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests/{requestId}/transmission', operationId: 'transmitRequest', tag: 'Contracting requests',
    summary: 'Hand a signed request over to its carrier, at once; the receipt is a digest over what was handed over',
    params,
    body: Seen,
    answer: RequestDetail,
    status: 201,
    run: async (ctx, { params: { requestId }, body }) => {
      await transmitRequest(ctx, { id: requestId, ...body })
      return { body: await detail(ctx, requestId) }
    },
    again: detail,
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests/{requestId}/end', operationId: 'endRequest', tag: 'Contracting requests',
    summary: 'End a request, with a reason',
    params,
    body: z.strictObject({ ...Seen.shape, reason: Reason }),
    status: 204,
    run: async (ctx, { params: { requestId }, body: { version, reason } }) => ({ body: await endRequest(ctx, { id: requestId, version }, reason) }),
  }),
]
