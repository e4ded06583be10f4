import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { ConnectionView } from './contract.ts'
import { connectionRevoked, hookSecret, rights } from './module.ts'
import { changeConnection, connectionById } from './store.ts'
import { connectionView } from './views.ts'

/** Take nothing from a connection any more, at once: the guard is told before the commit. Its secret goes with the same batch. */
export async function revokeConnection(ctx: Ctx, id: string): Promise<ConnectionView> {
  demand(ctx, rights.writeConnections)
  const row = await ctx.db.read(connectionById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.reach.hookGuards.of(ctx.tenant.id).revoke({ connectionId: id, now: ctx.now })
  const cell = await ctx.vault.seal(hookSecret, id, { secret: '', previous: null })
  const set = { content: cell.sealed, sealVersion: cell.sealVersion, previousUntil: null, revokedAt: ctx.now }
  await ctx.commit([changeConnection(ctx.db, row, set)], connectionRevoked(id, { sender: row.sender }))
  return connectionView({ ...row, ...set }, ctx.now)
}

/** The same connection for whoever revoked it and did not hear the answer. */
export async function revokedConnection(ctx: Ctx, id: string): Promise<ConnectionView> {
  demand(ctx, rights.writeConnections)
  const row = await ctx.db.read(connectionById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  return connectionView(row, ctx.now)
}
