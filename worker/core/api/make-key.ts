import type { InferSelectModel } from 'drizzle-orm'
import type { apiKeys } from '../../../db/schema/api.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { findTenant } from '../tenancy/find-seat.ts'
import { sha256Hex } from '../vault/digest.ts'
import { mintKeyToken, prefixOf } from './key-token.ts'
import type { Read } from '../tenancy/statement.ts'
import type { Position } from './cursor.ts'
import { apiKeyById, apiKeyPage, insertApiKey, revokeKey } from './store.ts'

const DAY_MS = 86_400_000

export type KeyRow = InferSelectModel<typeof apiKeys>

/** `carrierId`: whose it will be; null for the tenant's own. */
export type WantedKey = { readonly carrierId: string | null; readonly label: string; readonly scopes: readonly string[]; readonly days: number }

/** A key that ends where another begins, in one batch. */
type Replaced = { readonly key: KeyRow; readonly told: (prefix: string) => RecordedEvent }

/**
 * A new key, for whoever was found to be allowed one. The token is in the answer and nowhere else: only its hash is kept, in
 * the row and in the key's guard. The guard is told after the commit, for that gives; a key whose guard was never told opens
 * nothing. The guard of one that it replaces is told before, for that takes away.
 */
export async function makeKey(ctx: Ctx, wanted: WantedKey, told: (id: string, prefix: string) => RecordedEvent, replaced?: Replaced): Promise<{ key: KeyRow; token: string }> {
  const id = ctx.newId(wanted.carrierId === null ? 'key' : 'cky')
  const token = await mintKeyToken(ctx.reach.signer, ctx.tenant.id, id)
  const secretHash = await sha256Hex(token)
  const expiresAt = ctx.now + wanted.days * DAY_MS
  const row = { id, carrierId: wanted.carrierId, label: wanted.label, prefix: prefixOf(token), secretHash, scopes: wanted.scopes.join(' '), createdBy: ctx.eventActor.id, createdAt: ctx.now, expiresAt }
  const ends = replaced?.key.revokedAt === null ? replaced : null
  if (ends) await ctx.reach.keyGuards.of(ends.key.id).revoke({ now: ctx.now, events: [] })
  await ctx.commit(
    [...(ends ? [revokeKey(ctx.db, ends.key.id, ctx.now, ctx.eventActor.id)] : []), insertApiKey(ctx.db, row)],
    [told(id, prefixDigest(row.prefix)), ...(ends ? [ends.told(prefixDigest(ends.key.prefix))] : [])],
  )

  const seat = await findTenant(ctx.reach, ctx.tenant.id)
  if (!seat) throw new Fault({ code: 'not_found' })
  await ctx.reach.keyGuards.of(id).setUp({ secretHash, seat, scopes: [...wanted.scopes], requests: ctx.policy['rate.api_user'], expiresAt, ...(wanted.carrierId === null ? {} : { carrierId: wanted.carrierId }) })
  const kept = await ctx.db.read(apiKeyById(ctx.db, id))
  if (!kept) throw new Fault({ code: 'not_found' })
  return { key: kept, token }
}

/** The end of a key that was found: its guard refuses it before the row says so, and no other key notices. */
export async function endKey(ctx: Ctx, key: KeyRow, told: (prefix: string) => RecordedEvent): Promise<KeyRow> {
  await ctx.reach.keyGuards.of(key.id).revoke({ now: ctx.now, events: [] })
  await ctx.commit([revokeKey(ctx.db, key.id, ctx.now, ctx.eventActor.id)], told(prefixDigest(key.prefix)))
  return { ...key, revokedAt: ctx.now, revokedBy: ctx.eventActor.id }
}

/** A key of any kind, or undefined. */
export const keyById = (ctx: Ctx, id: string): Promise<KeyRow | undefined> => ctx.db.read(apiKeyById(ctx.db, id))

/** The keys of one carrier, newest first. One more than asked for tells whether there is another page. */
export const keysOf = (ctx: Ctx, carrierId: string, after: Position | null, limit: number): Read<KeyRow[]> => apiKeyPage(ctx.db, carrierId, after, limit)

/** The ellipsis of a prefix is for people; an entry holds the characters alone. */
const prefixDigest = (prefix: string): string => prefix.replace('…', '')
