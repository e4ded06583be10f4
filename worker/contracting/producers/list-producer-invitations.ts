import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { ProducerInvitationView } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { producerInvitationPage } from './invitation-store.ts'
import { rights } from './module.ts'
import { producerInvitationViews } from './views.ts'

/** Every producer's invitation with what became of it, newest first, a page at a time. */
export async function listProducerInvitations(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ invitations: ProducerInvitationView[]; next: string | null }> {
  demandAsFmo(ctx, rights.readProducers)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'producer_invitations', page.cursor)
  const rows = await ctx.db.read(producerInvitationPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { invitations: await producerInvitationViews(ctx, shown), next: last ? await cursorOf(ctx.vault, 'producer_invitations', { at: last.createdAt, id: last.id }) : null }
}
