import { cursorOf, positionOf } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import type { InvitationView } from './contract.ts'
import { rights } from './module.ts'
import { invitationPage } from './people-store.ts'
import { invitationViews } from './views.ts'

/** Every invitation of the tenant with what became of it, newest first, a page at a time. */
export async function listInvitations(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ invitations: InvitationView[]; next: string | null }> {
  demand(ctx, rights.readInvitations)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'invitations', page.cursor)
  const rows = await ctx.db.read(invitationPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { invitations: await invitationViews(ctx, shown), next: last ? await cursorOf(ctx.vault, 'invitations', { at: last.createdAt, id: last.id }) : null }
}
