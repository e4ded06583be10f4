import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { totpField, totpGrant } from './factor-declarations.ts'
import { askFactors, sealedCell } from './factors.ts'
import { confirmFirst, ticketFor } from './step-up.ts'
import { newTotpSecret, spelled, totpUri } from './totp.ts'

/** What the person about to scan sees: the key URI for the QR code, and the secret for typing it by hand. */
export type TotpSetUp = { uri: string; secret: string }

const act = { verb: 'core.begin_totp' } as const

/** A new authenticator secret that counts for nothing until `confirmTotp`. Needs an exact ticket. `label` is the account's own address. */
export async function beginTotp(ctx: AccountCtx): Promise<void> {
  const id = ctx.newId('fac')
  const cell = await ctx.platformVault.seal(totpField, id, { secret: newTotpSecret() })
  const begun = await askFactors(ctx, ctx.accountId, 'beginTotp', { ticket: await ticketFor(ctx, act), id, cell, now: ctx.now })
  if (begun.ok) return
  if (begun.reason === 'ticket') throw await confirmFirst(ctx, act)
  throw new Fault({ code: 'conflict', state: 'totp_enabled', detail: 'An authenticator is on already. Turn it off first to set up another.' })
}

/** The secret that this session began and has not confirmed, or null. Its owner alone sees it, in this one session, for 15 minutes. */
export async function pendingTotp(ctx: AccountCtx, label: string): Promise<TotpSetUp | null> {
  const pending = await askFactors(ctx, ctx.accountId, 'pendingTotp', ctx.session.sid, ctx.now)
  if (!pending) return null
  const { secret } = await ctx.platformVault.reveal<{ secret: string }>(totpGrant(), totpField, pending.id, sealedCell(pending.cell))
  return { uri: totpUri(secret, { issuer: issuerOf(ctx.reach.env.ORIGIN), label }), secret: spelled(secret) }
}

/** Two deployments in one authenticator app must not look alike. */
const issuerOf = (origin: string): string => `Countersign ${new URL(origin).hostname}`
