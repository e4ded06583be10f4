import type { Ctx } from '../ctx.ts'
import { requireTicket } from '../identity/step-up.ts'
import { demand } from '../rights.ts'
import type { ApiKeyView, IssueApiKey } from './contract.ts'
import { makeKey } from './make-key.ts'
import { keyIssued, rights } from './module.ts'
import { apiKeyView } from './views.ts'

/**
 * A new workspace key. The proof is for this label, these scopes and this long, so that nobody swaps a small key for a great
 * one.
 */
export async function issueApiKey(ctx: Ctx, input: IssueApiKey): Promise<{ key: ApiKeyView; token: string }> {
  demand(ctx, rights.issueKey)
  await requireTicket(ctx, { verb: 'api_key.issue', row: input.label, field: `${[...input.scopes].toSorted().join(',')}:${input.days}` })
  const { key, token } = await makeKey(ctx, { ...input, carrierId: null }, (id, prefix) => keyIssued(id, { prefix, scopes: input.scopes.join(','), days: input.days }))
  return { key: apiKeyView(key, ctx.now), token }
}
