import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { ApiKeyView } from './contract.ts'
import { prefixDigest } from './issue-api-key.ts'
import { keyRevoked, rights } from './module.ts'
import { apiKeyById, revokeKey } from './store.ts'
import { apiKeyView } from './views.ts'

/** Revoke a key: its guard refuses it before the row says so, and no other key notices. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<ApiKeyView> {
  demand(ctx, rights.issueKey)
  const row = await ctx.db.read(apiKeyById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.reach.keyGuards.of(id).revoke({ now: ctx.now, events: [] })
  await ctx.commit([revokeKey(ctx.db, id, ctx.now, ctx.eventActor.id)], keyRevoked(id, { prefix: prefixDigest(row.prefix) }))
  return apiKeyView({ ...row, revokedAt: ctx.now, revokedBy: ctx.eventActor.id }, ctx.now)
}

/** The same key for whoever revoked it and did not hear the answer. */
export async function revokedApiKey(ctx: Ctx, id: string): Promise<ApiKeyView> {
  demand(ctx, rights.issueKey)
  const row = await ctx.db.read(apiKeyById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  return apiKeyView(row, ctx.now)
}
