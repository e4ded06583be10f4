import type { Ctx } from '../../core/ctx.ts'
import type { ConnectionView, HookEventView } from '../../core/hooks/contract.ts'
import { readConnection } from '../../core/hooks/list-connections.ts'
import { listMembers } from '../../core/tenancy/list-members.ts'
import type { HandlerView } from './contract.ts'
import { listHandlers } from './map-handler.ts'

/** A connection's page: how it stands, what came in, and whom its words mean. */
export type ProviderPageView = { connection: ConnectionView; events: HookEventView[]; handlers: HandlerView[]; members: { id: string; name: string }[] }

/** Everything the page of one connection shows, for whoever may see connections. */
export async function readProviderPage(ctx: Ctx, id: string): Promise<ProviderPageView> {
  const [{ connection, events }, handlers, { members }] = await Promise.all([readConnection(ctx, id), listHandlers(ctx, id), listMembers(ctx, { limit: 100 })])
  return { connection, events, handlers, members: members.map(({ id: memberId, name }) => ({ id: memberId, name })) }
}
