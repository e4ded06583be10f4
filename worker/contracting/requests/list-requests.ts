import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { demand, may } from '../../core/rights.ts'
import { waitingStates, type RequestFilter, type RequestView } from './contract.ts'
import { requestContent, rights } from './module.ts'
import { requestPage } from './store.ts'
import { requestView, type RequestSecret } from './views.ts'

export type RequestsPage = { readonly requests: RequestView[]; readonly next: string | null; readonly mayWrite: boolean }

/** The FMO's contracting requests, newest first, a page at a time, as the filter says. */
export async function listRequests(ctx: Ctx, filter: RequestFilter, page: { cursor?: string | undefined; limit: number }): Promise<RequestsPage> {
  demand(ctx, rights.readRequests)
  const list = `requests ${JSON.stringify([filter.state, filter.waits, filter.kind, filter.carrier, filter.producer])}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const rows = await ctx.db.read(requestPage(ctx.db, { state: filter.state, among: filter.waits && waitingStates[filter.waits], kind: filter.kind, carrierId: filter.carrier, linkId: filter.producer }, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const secrets = await ctx.vault.openMany<RequestSecret>(requestContent, shown.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    requests: shown.map((row, index) => requestView(row, secrets[index] ?? { producer: '', upline: null }, { id: row.carrierId, name: row.carrierName })),
    next: last ? await cursorOf(ctx.vault, list, { at: last.createdAt, id: last.id }) : null,
    mayWrite: may(ctx.actor, rights.writeRequests, ctx.policy),
  }
}
