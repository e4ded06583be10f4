import type { EventActor } from '../../core/audit/event.ts'
import type { Ctx, Visit } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { asGuest } from '../../core/tenancy/as-guest.ts'
import { endProducerInvitation, producerInvitationById, type ProducerInvitationRow } from './invitation-store.ts'
import { isOurs, parseProducerInvitation } from './invitation-token.ts'
import { producerInvitationContact } from './module.ts'
import { producerInvitationState } from './policy.ts'
import type { PartyContact } from './views.ts'

/** What is over is put this much further into the past. */
const A_DAY_MS = 86_400_000

/** What the page says to whoever holds the link. */
export type ProducerOffer = { tenantName: string; name: string; email: string; expiresAt: number }

/**
 * What an FMO offers, to whoever holds the mailed token. Changes nothing: a mail scanner that follows the link uses nothing up.
 * Throws `malformed` for a token that is not ours and `gone` for one that is used, taken back or over.
 */
export async function readProducerInvitation(visit: Visit, token: string): Promise<ProducerOffer> {
  return withProducerInvitation(visit, token, { kind: 'visitor', id: 'anonymous', role: null }, async (ctx, row, { name, email }) => ({ tenantName: ctx.tenant.name, name, email, expiresAt: row.expiresAt }))
}

/** Runs `use` in the FMO's tenant with the open invitation that a token stands for, and whom it names. */
export async function withProducerInvitation<T>(visit: Visit, token: string, by: EventActor, use: (ctx: Ctx, row: ProducerInvitationRow, contact: PartyContact) => Promise<T>): Promise<T> {
  const claimed = parseProducerInvitation(token)
  if (!claimed) throw notOurs()
  try {
    return await asGuest(visit, claimed.tenantId, by, async (ctx) => {
      const row = await ctx.db.read(producerInvitationById(ctx.db, claimed.invitationId))
      if (!row || !(await isOurs(ctx.vault, token, row))) throw notOurs()
      const state = producerInvitationState(row, ctx.now)
      // For good: a clock set back must not revive it.
      if (state === 'expired' && ctx.now - row.expiresAt < A_DAY_MS) await ctx.db.settle(endProducerInvitation(ctx.db, row.id, row.expiresAt - A_DAY_MS))
      if (state !== 'open') throw new Fault({ code: 'gone', detail: sentences[state] })
      return use(ctx, row, await ctx.vault.open<PartyContact>(producerInvitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion }))
    })
  } catch (thrown) {
    // A tenant that never was and a token that was altered answer alike.
    if (isFault(thrown) && (thrown.failure.code === 'not_found' || thrown.failure.code === 'integrity')) throw notOurs()
    throw thrown
  }
}

const notOurs = (): Fault => new Fault({ code: 'malformed', detail: 'This link is damaged. Open it from the mail again, or ask for a new invitation.' })

const sentences = {
  accepted: 'This invitation was used already. Sign in to open your passport.',
  revoked: 'This invitation was taken back. Ask for a new one.',
  expired: 'This invitation is too old. Ask for a new one.',
}
