import type { Ctx } from '../../core/ctx.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { lettingGoUnsent } from '../packets/let-go-unsent.ts'
import { revokeCredentialsOf } from './credential-store.ts'
import { endLink, removeCopy } from './link-store.ts'
import { copyIdOf } from './policy.ts'

/** What the end of a link takes away at the FMO's end: the copy, its licences, the packets that no carrier got, and the credentials given under it. */
export const endingOf = async (ctx: Ctx, linkId: string): Promise<Write[]> => [endLink(ctx.db, linkId, ctx.now), ...removeCopy(ctx.db, copyIdOf(linkId)), ...(await lettingGoUnsent(ctx, linkId)), revokeCredentialsOf(ctx.db, linkId, ctx.now)]
