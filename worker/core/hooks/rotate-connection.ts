import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { ConnectionShown } from './contract.ts'
import { shown } from './make-connection.ts'
import { connectionRotated, hookSecret, OVERLAP_MS, rights } from './module.ts'
import { openSecrets, tellHookGuard, type ConnectionSecrets } from './open-connection.ts'
import type { HookSender } from './sender.ts'
import { changeConnection, connectionById } from './store.ts'

/** A new secret for a connection, shown in this answer only. The one before it is accepted for a day more, and no older one. */
export async function rotateConnection(ctx: Ctx, senders: readonly HookSender[], id: string, { given }: { given?: string | undefined } = {}): Promise<ConnectionShown> {
  demand(ctx, rights.writeConnections)
  const row = await ctx.db.read(connectionById(ctx.db, id))
  const sender = senders.find(({ name }) => name === row?.sender)
  if (!row || !sender) throw new Fault({ code: 'not_found' })
  const { secret: previous } = await openSecrets(ctx, id, { sealed: row.content, sealVersion: row.sealVersion })
  const secrets: ConnectionSecrets = { secret: given ?? sender.newSecret(), previous }
  const cell = await ctx.vault.seal(hookSecret, id, secrets)
  const set = { content: cell.sealed, sealVersion: cell.sealVersion, secretAt: ctx.now, previousUntil: ctx.now + OVERLAP_MS }
  await ctx.commit([changeConnection(ctx.db, row, set)], connectionRotated(id, { sender: row.sender }))
  const changed = { ...row, ...set, version: row.version + 1 }
  await tellHookGuard(ctx, changed, sender.perMinute)
  return shown(ctx, changed, secrets.secret)
}
