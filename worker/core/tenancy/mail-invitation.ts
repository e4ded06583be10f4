import { z } from 'zod'
import type { Follower } from '../audit/follower.ts'
import type { Letter, MailOf } from '../delivery/mail.ts'
import { deliveryQueued } from '../delivery/module.ts'
import { queueMail } from '../delivery/queue-mail.ts'
import type { Ctx } from '../ctx.ts'
import { isFault } from '../failure.ts'
import { runJob } from '../job.ts'
import { roleLabel } from './contract.ts'
import { mintInvitation } from './invitation-token.ts'
import { invitationContact } from './module.ts'
import { invitationById, type InvitationRow } from './people-store.ts'
import { invitationState } from './views.ts'

const params = z.object({ invitationId: z.string() })

/** Its link is minted here, when it is sent: neither the queue nor any page of the tenant ever holds one. */
export const invitationMail: MailOf<z.infer<typeof params>> = {
  name: 'invitation',
  says: 'Invitation to join',
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
    subject: `You are invited to ${ctx.tenant.name}`,
    lines: [`Hello ${name},`, `you are invited to work in ${ctx.tenant.name} as ${roleLabel(ctx.tenant.preset, row.role)}.`],
    action: { label: 'See the invitation', href: link(`/invitation/${await mintInvitation(ctx.vault, row.id)}`) },
    after: [`The link works once and for ${days} ${days === 1 ? 'day' : 'days'}.`, 'If you did not expect it, do nothing: nobody gets in without it.'],
    why: `You get this mail because somebody at ${ctx.tenant.name} invited this address.`,
  }
}

/** Queues the mail of an invitation, once however often the event is followed: the delivery's id is the event's. */
export const mailInvitation: Follower = async (reach, tenantId, body, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  await runJob(parts, tenantId, 'mail-invitation', async (ctx) => {
    const row = await openInvitation(ctx, body.subject)
    if (!row) return
    const deliveryId = `dlv_${body.id.slice(4)}`
    const once = { ...ctx, newId: (prefix: string) => (prefix === 'dlv' ? deliveryId : ctx.newId(prefix)) }
    try {
      await ctx.commit([await queueMail(once, invitationMail, { to: (await contactOf(ctx, row)).email, params: { invitationId: row.id } })], deliveryQueued(deliveryId, { template: invitationMail.name, about: row.id }))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // queued already
    }
  })
}

async function openInvitation(ctx: Ctx, id: string): Promise<InvitationRow | null> {
  const row = await ctx.db.read(invitationById(ctx.db, id))
  return row && invitationState(row, ctx.now) === 'open' ? row : null
}

const contactOf = (ctx: Ctx, row: InvitationRow): Promise<{ name: string; email: string }> =>
  ctx.vault.open(invitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion })
