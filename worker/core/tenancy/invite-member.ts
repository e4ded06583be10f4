import type { Ctx } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { addressIndex } from '../identity/address.ts'
import { accountByEmail } from '../identity/store.ts'
import { demand as demandWithin } from '../limits/limiter.ts'
import { demand } from '../rights.ts'
import { normaliseEmail } from '../vault/blind-index.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { InvitationView, InviteMember } from './contract.ts'
import { mintInvitation } from './invitation-token.ts'
import { INVITATION_EMAIL, invitationContact, memberInvited, limits, rights } from './module.ts'
import { endExpiredInvitations, insertInvitation, invitationById, memberByAccount, openInvitationFor } from './people-store.ts'
import { mayGive, offeredRoles } from './roles.ts'
import { invitationViews } from './views.ts'

const DAY_MS = 86_400_000

/**
 * Offer somebody a seat. The mail with the link follows the event; the link is made at the moment of sending and only its
 * hash is kept (CLN-31). It lives as long as the policy says (CLN-33) and is good for one person, once.
 */
export async function inviteMember(ctx: Ctx, input: InviteMember): Promise<InvitationView> {
  demand(ctx, rights.invite)
  const emailIndex = await ctx.vault.index(INVITATION_EMAIL, normaliseEmail(input.email))
  const known = await ctx.directory.read(accountByEmail(ctx.directory, await addressIndex(ctx, input.email)))
  const [open, member] = await ctx.db.readAll([openInvitationFor(ctx.db, emailIndex, ctx.now), memberByAccount(ctx.db, known?.id ?? '')])
  if (!offeredRoles(ctx).includes(input.role)) {
    if (!mayGive(ctx.actor, input.role)) throw new Fault({ code: 'role_required', need: rights.invite.right })
    throw new Fault({ code: 'invalid', errors: [{ pointer: '/role', detail: 'This role is switched off by the policy.' }] })
  }
  if (member) throw new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'This person works here already.' }] })
  if (open) throw alreadyInvited()

  await demandWithin(ctx, limits.invitations, ctx.tenant.id)
  const id = ctx.newId('inv')
  const expiresAt = ctx.now + ctx.policy['invite.days'] * DAY_MS
  const contact = await ctx.vault.seal(invitationContact, id, { name: input.name, email: input.email })
  const tokenHash = await sha256Hex(await mintInvitation(ctx.vault, id))
  const row = { id, contact: contact.sealed, sealVersion: contact.sealVersion, emailIndex, role: input.role, tokenHash, invitedBy: ctx.eventActor.id, createdAt: ctx.now, expiresAt }
  try {
    await ctx.commit([endExpiredInvitations(ctx.db, emailIndex, ctx.now), insertInvitation(ctx.db, row)], memberInvited(id, { role: input.role }))
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw alreadyInvited()
    throw thrown
  }
  return { id, name: input.name, email: input.email, role: input.role, state: 'open', createdAt: ctx.now, expiresAt }
}

const alreadyInvited = (): Fault => new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'This address has an open invitation. Take that one back first to send another.' }] })

/** The same invitation for whoever made it and did not hear the answer. */
export async function invitedMember(ctx: Ctx, id: string): Promise<InvitationView> {
  demand(ctx, rights.invite)
  const row = await ctx.db.read(invitationById(ctx.db, id))
  const [view] = row ? await invitationViews(ctx, [row]) : []
  if (!view) throw new Fault({ code: 'not_found' })
  return view
}
