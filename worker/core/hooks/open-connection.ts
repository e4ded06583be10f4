import type { HookConnection, HookPresented } from '../../../durable-objects/hook-words.ts'
import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { findTenant } from '../tenancy/find-seat.ts'
import { grantReveal } from '../vault/reveal-grant.ts'
import type { Sealed } from '../vault/sealed.ts'
import { HOOKS_PER_MINUTE, hookSecret, reveals } from './module.ts'
import { connectionById, type ConnectionRow } from './store.ts'

/** What is sealed of a connection: the secret in use, and the one before it. */
export type ConnectionSecrets = { readonly secret: string; readonly previous: string | null }

/** Tell the organisation's guard how a connection stands. */
export async function tellHookGuard(ctx: Ctx, row: ConnectionRow, perMinute: number, known?: SeatCopy): Promise<void> {
  const seat = known ?? (await findTenant(ctx.reach, ctx.tenant.id))
  if (!seat) throw new Fault({ code: 'not_found' })
  const { id, sender, content, sealVersion, previousUntil } = row
  await ctx.reach.hookGuards.of(ctx.tenant.id).setUp({ seat, quotas: { organisation: HOOKS_PER_MINUTE, connection: perMinute }, connection: { id, sender, sealed: content, sealVersion, previousUntil } })
}

/**
 * The secrets that a connection's messages may be proven with now. The guard's copy is enough; where the tenant's keys have
 * turned over since, the row is asked, and the guard told.
 */
export async function secretsNow(ctx: Ctx, held: HookConnection, perMinute: number): Promise<string[]> {
  const known = held.sealVersion >= ctx.vault.sealVersion ? await openSecrets(ctx, held.id, { sealed: held.sealed as Sealed, sealVersion: held.sealVersion }) : null // `as`: the guard was told a row's own cell
  if (known) return accepted(known, held.previousUntil, ctx.now)
  const row = await ctx.db.read(connectionById(ctx.db, held.id))
  if (!row || row.revokedAt !== null) throw new Fault({ code: 'not_found' })
  if (row.sealVersion !== held.sealVersion) await tellHookGuard(ctx, row, perMinute)
  return accepted(await openSecrets(ctx, row.id, { sealed: row.content, sealVersion: row.sealVersion }), row.previousUntil, ctx.now)
}

export const openSecrets = (ctx: Ctx, id: string, cell: { sealed: Sealed; sealVersion: number }): Promise<ConnectionSecrets> => ctx.vault.reveal<ConnectionSecrets>(grantReveal(reveals.verifyHook), hookSecret, id, cell)

/** The guard's answer for a connection that is open. */
export type OpenHook = Extract<HookPresented, { ok: true }>

const accepted = ({ secret, previous }: ConnectionSecrets, previousUntil: number | null, now: number): string[] => [secret, ...(previous !== null && previousUntil !== null && now < previousUntil ? [previous] : [])]
