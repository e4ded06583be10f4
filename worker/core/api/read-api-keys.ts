import type { Ctx } from '../ctx.ts'
import { may } from '../rights.ts'
import type { ApiKeyView } from './contract.ts'
import { listApiKeys } from './list-api-keys.ts'
import { rights } from './module.ts'

/** What the page shows: the keys, and whether its reader may issue and revoke any. */
export async function readApiKeys(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ keys: ApiKeyView[]; next: string | null; mayIssue: boolean }> {
  return { ...(await listApiKeys(ctx, page)), mayIssue: may(ctx.actor, rights.issueKey, ctx.policy) }
}
