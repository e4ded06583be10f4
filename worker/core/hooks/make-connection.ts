import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import { hookPath } from './address.ts'
import type { ConnectionShown } from './contract.ts'
import { connectionMade, hookSecret, rights } from './module.ts'
import { tellHookGuard, type ConnectionSecrets } from './open-connection.ts'
import type { HookSender } from './sender.ts'
import { insertConnection, type ConnectionRow } from './store.ts'
import { connectionView } from './views.ts'

/**
 * A new connection for one sender. Its address and its secret are in this answer and in no other. `given`: a secret that the
 * sender itself made, where it lets nobody else make one. The guard is told after the commit, for that gives.
 */
export async function makeConnection(ctx: Ctx, sender: HookSender, { label, given }: { label: string; given?: string | undefined }): Promise<ConnectionShown> {
  demand(ctx, rights.writeConnections)
  const id = ctx.newId('cnn')
  const secrets: ConnectionSecrets = { secret: given ?? sender.newSecret(), previous: null }
  const cell = await ctx.vault.seal(hookSecret, id, secrets)
  const row: ConnectionRow = {
    tenantId: ctx.tenant.id, id, sender: sender.name, label, content: cell.sealed, sealVersion: cell.sealVersion, createdBy: ctx.eventActor.id, createdAt: ctx.now, secretAt: ctx.now, previousUntil: null, revokedAt: null, version: 1,
  }
  const { tenantId: _, ...values } = row
  await ctx.commit([insertConnection(ctx.db, values)], connectionMade(id, { sender: sender.name }))
  await tellHookGuard(ctx, row, sender.perMinute)
  return shown(ctx, row, secrets.secret)
}

/** What a sender is to be told of a connection. */
export async function shown(ctx: Ctx, row: ConnectionRow, secret: string): Promise<ConnectionShown> {
  const path = await hookPath(ctx.reach.signer, row.sender, { tenantId: ctx.tenant.id, connectionId: row.id })
  return { connection: connectionView(row, ctx.now), url: `${ctx.reach.env.ORIGIN}${path}`, secret }
}
