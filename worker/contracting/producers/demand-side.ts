import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { RightDeclaration } from '../../core/module.ts'
import { demand } from '../../core/rights.ts'

/** What only an FMO does: a producer's own tenant invites nobody and holds no copies, and the page is not there for it. */
export function demandAsFmo(ctx: Ctx, right: RightDeclaration): void {
  if (ctx.tenant.kind === 'producer') throw new Fault({ code: 'not_found' })
  demand(ctx, right)
}
