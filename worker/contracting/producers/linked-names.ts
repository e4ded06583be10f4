import type { Ctx } from '../../core/ctx.ts'
import { linkPage } from './link-store.ts'
import { linkContacts } from './views.ts'

/** The FMO's producers by name, those who joined last first, for whoever was found to be allowed to name one. Nothing else of them. */
export async function linkedNames(ctx: Ctx, limit: number): Promise<{ id: string; name: string }[]> {
  const links = (await ctx.db.read(linkPage(ctx.db, 'fmo', 'active', null, limit))).slice(0, limit)
  const contacts = await linkContacts(ctx, links)
  return links.map(({ id }, index) => ({ id, name: contacts[index]?.name ?? '' }))
}
