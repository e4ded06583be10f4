import { z } from 'zod'
import type { Follower } from '../audit/follower.ts'
import type { MailOf } from '../delivery/mail.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { isFault } from '../failure.ts'
import { mailQueued } from '../identity/events.ts'
import { jobVisit, runJob } from '../job.ts'
import { roleLabel } from './contract.ts'
import { mintInvitation } from './invitation-token.ts'
import { invitationContact } from './module.ts'
import { invitationById } from './people-store.ts'
import { invitationState } from './views.ts'

const params = z.object({ tenantId: z.string(), invitationId: z.string() })

/** Its link is minted here, when it is sent: neither the queue nor any page of the tenant ever holds one. */
export const invitationMail: MailOf<z.infer<typeof params>> = {
  name: 'invitation',
  says: 'Invitation to join a tenant',
  scope: 'platform',
  params,
  compose: async ({ visit, link }, given) => {
    const { tenantId, invitationId } = params.parse(given)
    return runJob(visit, tenantId, 'mail-invitation', async (ctx) => {
      const row = await ctx.db.read(invitationById(ctx.db, invitationId))
      if (!row || invitationState(row, ctx.now) !== 'open') return null
      const { name } = await ctx.vault.open<{ name: string; email: string }>(invitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion })
      const days = Math.max(1, Math.round((row.expiresAt - ctx.now) / 86_400_000))
      return {
        subject: `You are invited to ${ctx.tenant.name}`,
        lines: [`Hello ${name},`, `you are invited to work in ${ctx.tenant.name} as ${roleLabel(ctx.tenant.preset, row.role)}.`],
        action: { label: 'See the invitation', href: link(`/invitation/${await mintInvitation(ctx.vault, row.id)}`) },
        after: [`The link works once and for ${days} ${days === 1 ? 'day' : 'days'}.`, 'If you did not expect it, do nothing: nobody gets in without it.'],
        why: `You get this mail because somebody at ${ctx.tenant.name} invited this address.`,
      }
    })
  },
}

/** Queues the mail of an invitation, once however often the event is followed: the delivery's id is the event's. */
export const mailInvitation: Follower = async (reach, tenantId, body, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  const email = await runJob(parts, tenantId, 'mail-invitation', async (ctx) => {
    const row = await ctx.db.read(invitationById(ctx.db, body.subject))
    if (!row || invitationState(row, now) !== 'open') return null
    return (await ctx.vault.open<{ name: string; email: string }>(invitationContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion })).email
  })
  if (email === null) return
  const visit = jobVisit(parts, 'mail-invitation')
  const once = { ...visit, newId: (prefix: string) => (prefix === 'dlv' ? `dlv_${body.id.slice(4)}` : visit.newId(prefix)) }
  try {
    await visit.commitDirectory([await queuePlatformMail(once, invitationMail, { to: email, params: { tenantId, invitationId: body.subject } })], mailQueued(body.subject, { template: invitationMail.name }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // queued already
  }
}
