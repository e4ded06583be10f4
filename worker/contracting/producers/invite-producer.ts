import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand as demandWithin } from '../../core/limits/limiter.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { normaliseEmail } from '../../core/vault/blind-index.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import type { InviteProducer, ProducerInvitationView } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { endExpiredProducerInvitations, insertProducerInvitation, openProducerInvitations, producerInvitationById } from './invitation-store.ts'
import { mintProducerInvitation } from './invitation-token.ts'
import { invitationSent, limits, PRODUCER_EMAIL, producerInvitationContact, rights } from './module.ts'
import { producerInvitationViews } from './views.ts'

const DAY_MS = 86_400_000

/**
 * Invite a producer. The mail follows the event; its link is made at the moment of sending and only its hash is kept. It
 * lives as long as the policy says and is good once.
 */
export async function inviteProducer(ctx: Ctx, input: InviteProducer): Promise<ProducerInvitationView> {
  demandAsFmo(ctx, rights.invite)
  const emailIndex = await producerEmailIndex(ctx, input.email)
  const [open = []] = await ctx.db.readAll(openProducerInvitations(ctx.db, [emailIndex], ctx.now))
  if (open.length > 0) throw invitedAlready()
  await demandWithin(ctx, limits.invitations, ctx.tenant.id)
  const { id, expiresAt, writes } = await offerTo(ctx, input, emailIndex)
  try {
    await ctx.commit(writes, invitationSent(id, {}))
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw invitedAlready()
    throw thrown
  }
  return { id, name: input.name, email: input.email, state: 'open', createdAt: ctx.now, expiresAt, linkId: null }
}

/** What one address is known by in this tenant. */
export const producerEmailIndex = (ctx: Ctx, email: string): Promise<string> => ctx.vault.index(PRODUCER_EMAIL, normaliseEmail(email))

/** The rows of one invitation, for a commit that names its event. */
export async function offerTo(ctx: Ctx, { name, email }: InviteProducer, emailIndex: string): Promise<{ id: string; expiresAt: number; writes: Write[] }> {
  const id = ctx.newId('piv')
  const expiresAt = ctx.now + ctx.policy['invite.days'] * DAY_MS
  const contact = await ctx.vault.seal(producerInvitationContact, id, { name, email })
  const tokenHash = await sha256Hex(await mintProducerInvitation(ctx.vault, id))
  const row = { id, contact: contact.sealed, sealVersion: contact.sealVersion, emailIndex, tokenHash, invitedBy: ctx.eventActor.id, createdAt: ctx.now, expiresAt }
  return { id, expiresAt, writes: [endExpiredProducerInvitations(ctx.db, emailIndex, ctx.now), insertProducerInvitation(ctx.db, row)] }
}

const invitedAlready = (): Fault => new Fault({ code: 'invalid', errors: [{ pointer: '/email', detail: 'This address has an open invitation. Take that one back first to send another.' }] })

/** The same invitation for whoever made it and did not hear the answer. */
export async function invitedProducer(ctx: Ctx, id: string): Promise<ProducerInvitationView> {
  demandAsFmo(ctx, rights.invite)
  const row = await ctx.db.read(producerInvitationById(ctx.db, id))
  const [view] = row ? await producerInvitationViews(ctx, [row]) : []
  if (!view) throw new Fault({ code: 'not_found' })
  return view
}
