import { namesOfActors } from '../../core/audit/actor-names.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand, may } from '../../core/rights.ts'
import { readCarrier } from '../carriers/list-carriers.ts'
import type { RequestDetail, RequestState, StateRecord } from './contract.ts'
import { requestContent, rights, stateContent, writingNumberContent } from './module.ts'
import { obstaclesNow } from './obstacles.ts'
import { movesFrom } from './policy.ts'
import { documentsOfRequest, requestById, statesOfRequest, transmissionsOf, writingNumbersOf, type StateRow, type WritingNumberRow } from './store.ts'
import { requestView, words, type RequestSecret } from './views.ts'

/** A request with everything about it, and what its reader may do with it now. */
export type RequestPageView = RequestDetail & { readonly may: readonly RequestState[] }

/** One request, as a page and the API show it. */
export async function readRequest(ctx: Ctx, id: string): Promise<RequestPageView> {
  demand(ctx, rights.readRequests)
  const [row, states, documents, sent, numbers] = await ctx.db.readAll([requestById(ctx.db, id), statesOfRequest(ctx.db, id), documentsOfRequest(ctx.db, id), transmissionsOf(ctx.db, id), writingNumbersOf(ctx.db, id)])
  if (!row) throw new Fault({ code: 'not_found' })
  const [carrier, secret, names] = await Promise.all([readCarrier(ctx, row.carrierId), ctx.vault.open<RequestSecret>(requestContent, id, { sealed: row.content, sealVersion: row.sealVersion }), namesOfActors(ctx)])
  const view = requestView(row, secret, carrier)
  const pending = ['draft', 'ready', 'signed', 'returned'].includes(row.state)
  return {
    ...view,
    upline: secret.upline,
    timeline: await timelineOf(ctx, states, (by) => names.get(by) ?? by, carrier.name),
    obstacles: pending ? await obstaclesNow(ctx, { kind: row.kind, states: view.states, upline: secret.upline, linkId: row.linkId }, carrier) : [],
    documents: documents.map((document) => ({ id: document.id, packetId: document.packetId, sha256: document.sha256, signedAt: document.signedAt, sent: document.transmissionId !== null })),
    transmissions: sent.map(({ id: transmission, at, receipt }) => ({ id: transmission, at, receipt })),
    writingNumbers: await numbersOf(ctx, numbers),
    may: movesFrom(row.state, 'fmo').filter((to) => may(ctx.actor, rightTo(to), ctx.policy)),
  }
}

const rightTo = (to: RequestState) => (to === 'transmitted' ? rights.transmit : to === 'terminated' ? rights.endRequest : rights.writeRequests)

async function timelineOf(ctx: Ctx, states: readonly StateRow[], nameOf: (id: string) => string, carrier: string): Promise<StateRecord[]> {
  return Promise.all(
    states.map(async ({ id, state, at, byKind, byId, content, sealVersion }) => ({
      state,
      at,
      by: byKind === 'carrier' ? carrier : nameOf(byId),
      reason: content === null ? null : (await ctx.vault.open<{ reason: string }>(stateContent, id, { sealed: content, sealVersion })).reason,
    })),
  )
}

/** Writing numbers, opened. */
export async function numbersOf(ctx: Ctx, rows: readonly WritingNumberRow[]): Promise<{ number: string; states: string[]; at: number }[]> {
  const opened = await ctx.vault.openMany<{ number: string }>(writingNumberContent, rows.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  return rows.map((row, index) => ({ number: opened[index]?.number ?? '', states: words(row.states), at: row.at }))
}
