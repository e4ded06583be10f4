import type { Ctx } from '../ctx.ts'
import { cursorOf, positionOf } from '../api/cursor.ts'
import { demand } from '../rights.ts'
import type { MemberView } from './contract.ts'
import { rights } from './module.ts'
import { memberPage } from './people-store.ts'
import { memberViews } from './views.ts'

/** Who works here, whoever joined first first, a page at a time. */
export async function listMembers(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ members: MemberView[]; next: string | null }> {
  demand(ctx, rights.readMembers)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'members', page.cursor)
  const rows = await ctx.db.read(memberPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { members: await memberViews(ctx, shown), next: last ? await cursorOf(ctx.vault, 'members', { at: last.joinedAt, id: last.id }) : null }
}
