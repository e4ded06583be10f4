import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { readConnection } from '../../core/hooks/list-connections.ts'
import { rights as hooks } from '../../core/hooks/module.ts'
import { demand } from '../../core/rights.ts'
import { readMember } from '../../core/tenancy/read-member.ts'
import type { HandlerView, MapHandler } from './contract.ts'
import { handlerMapped, handlerRemoved, handlerWord } from './module.ts'
import { handlerById, handlersOf, insertHandler, removeHandlerRow } from './store.ts'

/** Words of one connection. */
const MOST = 500

/** Note whom a dialler means by a word: from the next message on, such calls are that member's. One word means one member. */
export async function mapHandler(ctx: Ctx, connectionId: string, { word, memberId }: MapHandler): Promise<HandlerView> {
  demand(ctx, hooks.writeConnections)
  await Promise.all([readConnection(ctx, connectionId), readMember(ctx, memberId)])
  const id = ctx.newId('chd')
  const cell = await ctx.vault.seal(handlerWord, id, { word })
  const row = { id, connectionId, wordIndex: await wordIndex(ctx, word), content: cell.sealed, sealVersion: cell.sealVersion, memberId, createdAt: ctx.now }
  try {
    await ctx.commit([insertHandler(ctx.db, row)], handlerMapped(id, { connection: connectionId, member: memberId }))
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw new Fault({ code: 'invalid', errors: [{ pointer: '/word', detail: 'This word means somebody already. Remove that first.' }] })
    throw thrown
  }
  return { id, connectionId, word, memberId, createdAt: ctx.now }
}

/** From the next message on, the word means nobody. Calls that were noted stay whose they are. */
export async function removeHandler(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, hooks.writeConnections)
  const row = await ctx.db.read(handlerById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([removeHandlerRow(ctx.db, id)], handlerRemoved(id, { connection: row.connectionId, member: row.memberId }))
}

/** A connection's words. */
export async function listHandlers(ctx: Ctx, connectionId: string): Promise<HandlerView[]> {
  const [, rows] = await Promise.all([readConnection(ctx, connectionId), ctx.db.read(handlersOf(ctx.db, connectionId, MOST))])
  const words = await ctx.vault.openMany<{ word: string }>(handlerWord, rows.map(({ id, content, sealVersion }) => ({ id, cell: { sealed: content, sealVersion } })))
  return rows.map(({ id, memberId, createdAt }, at) => ({ id, connectionId, word: words[at]?.word ?? '', memberId, createdAt }))
}

/** One word, as it was noted, for whoever noted it and did not hear the answer. */
export async function readHandler(ctx: Ctx, id: string): Promise<HandlerView> {
  demand(ctx, hooks.readConnections)
  const row = await ctx.db.read(handlerById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  const { word } = await ctx.vault.open<{ word: string }>(handlerWord, id, { sealed: row.content, sealVersion: row.sealVersion })
  return { id, connectionId: row.connectionId, word, memberId: row.memberId, createdAt: row.createdAt }
}

/** A word in whatever capitals is the same word. */
export const wordIndex = (ctx: Ctx, word: string): Promise<string> => ctx.vault.index('calls.handler.word', word.trim().toLowerCase())
