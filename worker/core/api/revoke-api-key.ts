import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { ApiKeyView } from './contract.ts'
import { endKey, type KeyRow } from './make-key.ts'
import { keyRevoked, rights } from './module.ts'
import { apiKeyById } from './store.ts'
import { apiKeyView } from './views.ts'

/** Revoke a workspace key, at once. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<ApiKeyView> {
  demand(ctx, rights.issueKey)
  return apiKeyView(await endKey(ctx, await workspaceKey(ctx, id), (prefix) => keyRevoked(id, { prefix })), ctx.now)
}

/** The same key for whoever revoked it and did not hear the answer. */
export async function revokedApiKey(ctx: Ctx, id: string): Promise<ApiKeyView> {
  demand(ctx, rights.issueKey)
  return apiKeyView(await workspaceKey(ctx, id), ctx.now)
}

/** A carrier's key is not one of these: whoever may end those is decided elsewhere. */
async function workspaceKey(ctx: Ctx, id: string): Promise<KeyRow> {
  const row = await ctx.db.read(apiKeyById(ctx.db, id))
  if (!row || row.carrierId !== null) throw new Fault({ code: 'not_found' })
  return row
}
