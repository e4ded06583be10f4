import type { Ctx, Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import type { Role } from '../module.ts'
import { asGuest } from './as-guest.ts'
import { roleLabel } from './contract.ts'
import { invitationContact } from './module.ts'
import { isOurs, parseInvitation } from './invitation-token.ts'
import { endInvitation, invitationById, type InvitationRow } from './people-store.ts'
import { invitationState } from './views.ts'

/** What is over is put this much further into the past. */
const A_DAY_MS = 86_400_000

/** What the page says to whoever holds the link. */
export type InvitationOffer = { tenantId: string; tenantName: string; role: Role; roleLabel: string; name: string; email: string; expiresAt: number }

/**
 * What an invitation offers, to whoever holds its token. Changes nothing: a mail scanner that follows the link uses nothing
 * up. Throws `malformed` for a token that is not ours and `gone` for one that is used, taken back or over.
 */
export async function readInvitation(visit: Visit, token: string): Promise<InvitationOffer> {
  return withInvitation(visit, token, { kind: 'visitor', id: 'anonymous', role: null }, async (ctx, row) => {
    const { name, email } = await ctx.vault.open<{ name: string; email: string }>(invitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion })
    return { tenantId: ctx.tenant.id, tenantName: ctx.tenant.name, role: row.role, roleLabel: roleLabel(ctx.tenant.preset, row.role), name, email, expiresAt: row.expiresAt }
  })
}

/** Runs `use` with the open invitation that a token stands for. */
export async function withInvitation<T>(visit: Visit, token: string, by: Parameters<typeof asGuest>[2], use: (ctx: Ctx, row: InvitationRow) => Promise<T>): Promise<T> {
  const claimed = parseInvitation(token)
  if (!claimed) throw notOurs()
  try {
    return await asGuest(visit, claimed.tenantId, by, async (ctx) => {
      const row = await ctx.db.read(invitationById(ctx.db, claimed.invitationId))
      if (!row || !(await isOurs(ctx.vault, token, row))) throw notOurs()
      const state = invitationState(row, ctx.now)
      // For good: a clock set back must not revive it.
      if (state === 'expired' && ctx.now - row.expiresAt < A_DAY_MS) await ctx.db.settle(endInvitation(ctx.db, row.id, row.expiresAt - A_DAY_MS))
      if (state !== 'open') throw new Fault({ code: 'gone', detail: sentences[state] })
      return use(ctx, row)
    })
  } catch (thrown) {
    // A tenant that never was and a token that was altered answer alike.
    if (isFault(thrown) && (thrown.failure.code === 'not_found' || thrown.failure.code === 'integrity')) throw notOurs()
    throw thrown
  }
}

const notOurs = (): Fault => new Fault({ code: 'malformed', detail: 'This link is damaged. Open it from the mail again, or ask for a new invitation.' })

const sentences = {
  accepted: 'This invitation was used already. Sign in to open the tenant.',
  revoked: 'This invitation was taken back. Ask for a new one.',
  expired: 'This invitation is too old. Ask for a new one.',
}
