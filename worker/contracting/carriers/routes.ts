import { z } from 'zod'
import { Paging } from '../../core/api/cursor.ts'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { Fault } from '../../core/failure.ts'
import { addCarrier } from './add-carrier.ts'
import { changeCarrier } from './change-carrier.ts'
import { ActivityView, CarrierId, CarrierKeyId, CarrierKeyView, CarrierTerms, CarrierView, IssueCarrierKey, SetWebhook, WebhookView } from './contract.ts'
import { issueCarrierKey, replaceCarrierKey } from './issue-carrier-key.ts'
import { listActivity } from './list-activity.ts'
import { listCarrierKeys } from './list-carrier-keys.ts'
import { listCarriers, readCarrier } from './list-carriers.ts'
import { revokeCarrierKey, revokedCarrierKey } from './revoke-carrier-key.ts'
import { endWebhook, setWebhook } from './set-webhook.ts'

const Page = z.strictObject(Paging)
const carrierParams = z.strictObject({ carrierId: CarrierId })
const keyParams = z.strictObject({ keyId: CarrierKeyId })
const Issued = z.object({ key: CarrierKeyView, token: z.string() })

/** Carriers and their keys, for the FMO. */
export const carrierRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/carriers', operationId: 'listCarriers', tag: 'Carriers',
    summary: 'The FMO’s carriers, by name',
    query: Page,
    answer: z.object({ carriers: z.array(CarrierView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const { carriers, next } = await listCarriers(ctx, query)
      return { body: { carriers, next }, next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/carriers', operationId: 'addCarrier', tag: 'Carriers',
    summary: 'Define a carrier',
    body: CarrierTerms,
    answer: CarrierView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await addCarrier(ctx, body) }),
    again: readCarrier,
  }),
  route({
    method: 'get', path: '/api/v1/carriers/{carrierId}', operationId: 'readCarrier', tag: 'Carriers',
    summary: 'One carrier',
    params: carrierParams,
    answer: CarrierView,
    versioned: true,
    run: async (ctx, { params }) => {
      const carrier = await readCarrier(ctx, params.carrierId)
      return { body: carrier, version: carrier.version }
    },
  }),
  route({
    method: 'put', path: '/api/v1/carriers/{carrierId}', operationId: 'changeCarrier', tag: 'Carriers',
    summary: 'Change a carrier; If-Match takes its ETag',
    params: carrierParams,
    body: CarrierTerms,
    answer: CarrierView,
    versioned: true,
    run: async (ctx, { params, body, ifMatch }) => {
      if (!/^\d{1,9}$/.test(ifMatch ?? '')) throw new Fault({ code: 'precondition_failed' })
      const carrier = await changeCarrier(ctx, params.carrierId, { ...body, version: Number(ifMatch) })
      return { body: carrier, version: carrier.version }
    },
  }),
  route({
    method: 'get', path: '/api/v1/carriers/{carrierId}/keys', operationId: 'listCarrierKeys', tag: 'Carriers',
    summary: 'A carrier’s API keys by prefix, newest first',
    params: carrierParams,
    query: Page,
    answer: z.object({ keys: z.array(CarrierKeyView), next: z.string().nullable() }),
    run: async (ctx, { params, query }) => {
      const page = await listCarrierKeys(ctx, params.carrierId, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/carriers/{carrierId}/keys', operationId: 'issueCarrierKey', tag: 'Carriers',
    summary: 'Issue an API key for a carrier; the token is shown once',
    params: carrierParams,
    body: IssueCarrierKey,
    answer: Issued,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params, body }) => ({ body: await issueCarrierKey(ctx, params.carrierId, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/carrier-keys/{keyId}/replacement', operationId: 'replaceCarrierKey', tag: 'Carriers',
    summary: 'Issue a key in the place of another, which ends at once; the token is shown once',
    params: keyParams,
    answer: Issued,
    status: 201,
    showsOnce: true,
    run: async (ctx, { params }) => ({ body: await replaceCarrierKey(ctx, params.keyId) }),
  }),
  route({
    method: 'post', path: '/api/v1/carrier-keys/{keyId}/revocation', operationId: 'revokeCarrierKey', tag: 'Carriers',
    summary: 'Revoke a carrier’s API key at once',
    params: keyParams,
    answer: CarrierKeyView,
    status: 201,
    run: async (ctx, { params }) => ({ body: await revokeCarrierKey(ctx, params.keyId) }),
    again: revokedCarrierKey,
  }),
  route({
    method: 'post', path: '/api/v1/carriers/{carrierId}/webhooks', operationId: 'setCarrierWebhook', tag: 'Carriers',
    summary: 'Set where a carrier is called; the secret that signs is shown once, and an older address is called no more',
    params: carrierParams,
    body: SetWebhook,
    answer: z.object({ webhook: WebhookView, secret: z.string() }),
    status: 201,
    showsOnce: true,
    run: async (ctx, { params, body }) => ({ body: await setWebhook(ctx, params.carrierId, body) }),
  }),
  route({
    method: 'delete', path: '/api/v1/carriers/{carrierId}/webhooks', operationId: 'endCarrierWebhook', tag: 'Carriers',
    summary: 'Call a carrier no more',
    params: carrierParams,
    overwritesNothing: 'It ends whatever address is set; nothing of anybody’s is written over.',
    status: 204,
    run: async (ctx, { params }) => ({ body: await endWebhook(ctx, params.carrierId) }),
  }),
  route({
    method: 'get', path: '/api/v1/carriers/{carrierId}/activity', operationId: 'listCarrierActivity', tag: 'Carriers',
    summary: 'What a carrier’s programs called, newest first',
    params: carrierParams,
    query: Page,
    answer: z.object({ activity: z.array(ActivityView), next: z.string().nullable() }),
    run: async (ctx, { params, query }) => {
      const page = await listActivity(ctx, params.carrierId, query)
      return { body: page, next: page.next }
    },
  }),
]
