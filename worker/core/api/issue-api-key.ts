import { Fault } from '../failure.ts'
import type { Ctx } from '../ctx.ts'
import { requireTicket } from '../identity/step-up.ts'
import { demand } from '../rights.ts'
import { findTenant } from '../tenancy/find-seat.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { ApiKeyView, IssueApiKey } from './contract.ts'
import { mintKeyToken, prefixOf } from './key-token.ts'
import { keyIssued, rights } from './module.ts'
import { apiKeyById, insertApiKey } from './store.ts'
import { apiKeyView } from './views.ts'

const DAY_MS = 86_400_000

/**
 * A new workspace key. The token is in the answer and nowhere else: only its hash is kept, here and in the key's guard. The
 * proof is for this label, these scopes and this long, so that nobody swaps a small key for a great one. The guard is told after the commit, for that gives; a key whose guard was never told opens nothing.
 */
export async function issueApiKey(ctx: Ctx, input: IssueApiKey): Promise<{ key: ApiKeyView; token: string }> {
  demand(ctx, rights.issueKey)
  await requireTicket(ctx, { verb: 'api_key.issue', row: input.label, field: `${[...input.scopes].toSorted().join(',')}:${input.days}` })
  const id = ctx.newId('key')
  const token = await mintKeyToken(ctx.reach.signer, ctx.tenant.id, id)
  const secretHash = await sha256Hex(token)
  const expiresAt = ctx.now + input.days * DAY_MS
  const row = { id, label: input.label, prefix: prefixOf(token), secretHash, scopes: input.scopes.join(' '), createdBy: ctx.eventActor.id, createdAt: ctx.now, expiresAt }
  await ctx.commit([insertApiKey(ctx.db, row)], keyIssued(id, { prefix: prefixDigest(row.prefix), scopes: input.scopes.join(','), days: input.days }))

  const seat = await findTenant(ctx.reach, ctx.tenant.id)
  if (!seat) throw new Fault({ code: 'not_found' })
  await ctx.reach.keyGuards.of(id).setUp({ secretHash, seat, scopes: [...input.scopes], requests: ctx.policy['rate.api_user'], expiresAt })
  const kept = await ctx.db.read(apiKeyById(ctx.db, id))
  if (!kept) throw new Fault({ code: 'not_found' })
  return { key: apiKeyView(kept, ctx.now), token }
}

/** The ellipsis of a prefix is for people; an entry holds the characters alone. */
export const prefixDigest = (prefix: string): string => prefix.replace('…', '')
