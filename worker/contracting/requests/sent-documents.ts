import type { Ctx } from '../../core/ctx.ts'
import { sentOfLink } from './store.ts'

/** The signed files of a link that some carrier was handed. */
export const sentDocuments = async (ctx: Ctx, linkId: string): Promise<ReadonlySet<string>> => new Set((await ctx.db.read(sentOfLink(ctx.db, linkId))).map(({ id }) => id))
