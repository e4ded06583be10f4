import { z } from 'zod'
import { ApiKeyView, IssueApiKey, KeyId } from './contract.ts'
import { Paging } from './cursor.ts'
import { issueApiKey } from './issue-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { revokeApiKey, revokedApiKey } from './revoke-api-key.ts'
import { route, type ApiRoute } from './route.ts'

const Page = z.strictObject(Paging)
const params = z.strictObject({ keyId: KeyId })

/** Keys are for people to manage: no key may list, issue or revoke keys. */
export const apiKeyRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/api-keys', operationId: 'listApiKeys', tag: 'API keys',
    summary: 'The tenant’s workspace keys, newest first',
    query: Page,
    answer: z.object({ keys: z.array(ApiKeyView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listApiKeys(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/api-keys', operationId: 'issueApiKey', tag: 'API keys',
    summary: 'Issue a workspace key; the token is shown once',
    body: IssueApiKey,
    answer: z.object({ key: ApiKeyView, token: z.string() }),
    status: 201,
    showsOnce: true,
    run: async (ctx, { body }) => ({ body: await issueApiKey(ctx, body) }),
  }),
  route({
    method: 'post', path: '/api/v1/api-keys/{keyId}/revocation', operationId: 'revokeApiKey', tag: 'API keys',
    summary: 'Revoke a workspace key at once',
    params,
    answer: ApiKeyView,
    status: 201,
    run: async (ctx, { params: { keyId } }) => ({ body: await revokeApiKey(ctx, keyId) }),
    again: revokedApiKey,
  }),
]
