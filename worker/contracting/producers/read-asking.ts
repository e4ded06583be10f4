import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { anyLink } from './link-store.ts'
import { rights } from './module.ts'
import { RELEASE_MS } from './policy.ts'
import { linkContacts } from './views.ts'

/** What the page that asks for a release says: of whom, and how long the other end has. */
export async function readAsking(ctx: Ctx, linkId: string): Promise<{ linkId: string; side: 'fmo' | 'producer'; other: string; days: number }> {
  demand(ctx, rights.askRelease)
  const link = await ctx.db.read(anyLink(ctx.db, linkId))
  if (link?.state !== 'active') throw new Fault({ code: 'not_found' })
  const [contact] = await linkContacts(ctx, [link])
  return { linkId, side: link.side, other: contact?.name ?? '', days: RELEASE_MS / 86_400_000 }
}
