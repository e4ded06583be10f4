import type { Ctx } from '../../core/ctx.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { revokeCredentialsOf } from './credential-store.ts'
import { endLink, removeCopy } from './link-store.ts'
import { copyIdOf } from './policy.ts'

/** What the end of a link takes away at the FMO's end: the copy, its licences, and the credentials given under it. */
export const endingOf = (ctx: Ctx, linkId: string): Write[] => [endLink(ctx.db, linkId, ctx.now), ...removeCopy(ctx.db, copyIdOf(linkId)), revokeCredentialsOf(ctx.db, linkId, ctx.now)]
