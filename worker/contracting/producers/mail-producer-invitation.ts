import { z } from 'zod'
import type { Follower } from '../../core/audit/follower.ts'
import type { Letter, MailOf } from '../../core/delivery/mail.ts'
import { deliveryQueued } from '../../core/delivery/module.ts'
import { queueMail } from '../../core/delivery/queue-mail.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { producerInvitationById, type ProducerInvitationRow } from './invitation-store.ts'
import { mintProducerInvitation } from './invitation-token.ts'
import { producerInvitationContact } from './module.ts'
import { producerInvitationState } from './policy.ts'
import type { PartyContact } from './views.ts'

const params = z.object({ invitationId: z.string() })

/** Its link is minted here, when it is sent: neither the queue nor any page of the tenant ever holds one. */
export const producerInvitationMail: MailOf<z.infer<typeof params>> = {
  name: 'contracting.producer_invitation',
  says: 'Invitation of a producer',
  scope: 'tenant',
  params,
  compose: async ({ ctx, link }, given) => (ctx ? compose(ctx, link, params.parse(given).invitationId) : null),
}

async function compose(ctx: Ctx, link: (path: `/${string}`) => string, invitationId: string): Promise<Letter | null> {
  const row = await openInvitation(ctx, invitationId)
  if (!row) return null
  const { name } = await contactOf(ctx, row)
  const days = Math.max(1, Math.round((row.expiresAt - ctx.now) / 86_400_000))
  return {
    subject: `${ctx.tenant.name} invites you to contract with them`,
    lines: [
      `Hello ${name},`,
      `${ctx.tenant.name} would like to do your contracting. You keep one passport of your own, with your licences and details, and submit it to them when you are ready; they see nothing before.`,
    ],
    action: { label: 'See the invitation', href: link(`/producer-invitation/${await mintProducerInvitation(ctx.vault, row.id)}`) },
    after: [`The link works once and for ${days} ${days === 1 ? 'day' : 'days'}.`, 'If you did not expect it, do nothing: nobody sees anything of yours without it.'],
    why: `You get this mail because somebody at ${ctx.tenant.name} invited this address.`,
  }
}

/** Queues the mail of an invitation, once however often the event is followed: the delivery's id is the event's. */
export const mailProducerInvitation: Follower = async (reach, tenantId, body, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  await runJob(parts, tenantId, 'mail-producer-invitation', async (ctx) => {
    const row = await openInvitation(ctx, body.subject)
    if (!row) return
    const deliveryId = `dlv_${body.id.slice(4)}`
    const once = { ...ctx, newId: (prefix: string) => (prefix === 'dlv' ? deliveryId : ctx.newId(prefix)) }
    try {
      await ctx.commit([await queueMail(once, producerInvitationMail, { to: (await contactOf(ctx, row)).email, params: { invitationId: row.id } })], deliveryQueued(deliveryId, { template: producerInvitationMail.name, about: row.id }))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // queued already
    }
  })
}

async function openInvitation(ctx: Ctx, id: string): Promise<ProducerInvitationRow | null> {
  const row = await ctx.db.read(producerInvitationById(ctx.db, id))
  return row && producerInvitationState(row, ctx.now) === 'open' ? row : null
}

const contactOf = (ctx: Ctx, row: ProducerInvitationRow): Promise<PartyContact> => ctx.vault.open(producerInvitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion })
