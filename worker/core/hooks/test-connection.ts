import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { connectionTested, rights } from './module.ts'
import { openSecrets } from './open-connection.ts'
import type { HookSender } from './sender.ts'
import { connectionById, insertHookEvent } from './store.ts'

/**
 * Send a connection a message as its sender would, signed with its secret, through the same check as any other; it tells of
 * nothing, and stands in the list of messages as a test.
 */
export async function testConnection(ctx: Ctx, senders: readonly HookSender[], id: string): Promise<{ accepted: boolean; verdict: string }> {
  demand(ctx, rights.writeConnections)
  const row = await ctx.db.read(connectionById(ctx.db, id))
  const sender = senders.find(({ name }) => name === row?.sender)
  if (!row || !sender || row.revokedAt !== null) throw new Fault({ code: 'not_found' })
  const { secret } = await openSecrets(ctx, id, { sealed: row.content, sealVersion: row.sealVersion })
  const event = ctx.newId('wev')
  const verdict = await sender.verify(await sender.sample(secret, ctx.now, event), secret, ctx.now)
  const tested = connectionTested(id, { sender: row.sender, accepted: verdict.accepted })
  await ctx.commit(verdict.accepted ? [insertHookEvent(ctx.db, { id: event, connectionId: id, sender: row.sender, eventId: verdict.eventId, type: 'test', result: 'test', at: ctx.now })] : [], tested)
  return { accepted: verdict.accepted, verdict: verdict.accepted ? 'accepted' : verdict.why }
}
