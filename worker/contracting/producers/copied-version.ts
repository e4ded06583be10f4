import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { activeLink, linkById, whileLinked, whileVersion } from './link-store.ts'

/** The producer's own tenant behind a link of this FMO that lasts; `not_found` for any other. */
export async function producerBehind(ctx: Ctx, linkId: string): Promise<string> {
  const link = await ctx.db.read(activeLink(ctx.db, 'fmo', linkId))
  if (!link) throw new Fault({ code: 'not_found' })
  return link.otherId
}

/** The producer's own tenant behind a link of this FMO, whatever became of it. */
export const producerOf = async (ctx: Ctx, linkId: string): Promise<string | null> => (await ctx.db.read(linkById(ctx.db, 'fmo', linkId)))?.otherId ?? null

/** For a batch that stands on a version of the passport: refused where the link is over or the copy is another one by now. */
export const whileCopied = (ctx: Ctx, linkId: string, versionId: string): Write[] => [whileLinked(ctx.db, linkId), whileVersion(ctx.db, linkId, versionId)]
