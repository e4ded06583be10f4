import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault, type FieldError } from '../../core/failure.ts'
import type { RightDeclaration } from '../../core/module.ts'
import { demand } from '../../core/rights.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { readCarrier } from '../carriers/list-carriers.ts'
import type { Obstacle } from './contract.ts'
import { requestContent, requestEnded, requestReadied, requestReopened, rights } from './module.ts'
import { obstaclesNow } from './obstacles.ts'
import { step } from './request-steps.ts'
import { replaceDocuments, requestById, type RequestRow } from './store.ts'
import { words, type RequestSecret } from './views.ts'

/** A request at the version that somebody has seen. */
export type SeenRequest = { readonly id: string; readonly version: number }

/**
 * Let a draft be signed, if nothing stands in its way: a licence in every state, the parts that this kind and this carrier
 * need, a cover that lasts. A refusal says which.
 */
export async function makeReady(ctx: Ctx, seen: SeenRequest): Promise<void> {
  const row = await seenRequest(ctx, seen, rights.writeRequests)
  const writes = await step(ctx, row, { to: 'ready', by: 'fmo' })
  const obstacles = await obstaclesOfRow(ctx, row)
  if (obstacles.length > 0) throw new Fault({ code: 'invalid', errors: errorsOf(obstacles) })
  await ctx.commit(writes, requestReadied(row.id, { ...metaOf(row), from: row.state }))
}

/** Make it a draft again. What was signed for it and not handed over no longer counts. */
export async function reopenRequest(ctx: Ctx, seen: SeenRequest): Promise<void> {
  const row = await seenRequest(ctx, seen, rights.writeRequests)
  await ctx.commit([...(await step(ctx, row, { to: 'draft', by: 'fmo', set: { signedNumber: null } })), replaceDocuments(ctx.db, row.id, ctx.now)], requestReopened(row.id, { ...metaOf(row), from: row.state }))
}

/** End it: withdrawn before it was handed over, or an appointment that is over. */
export async function endRequest(ctx: Ctx, seen: SeenRequest, reason: string): Promise<void> {
  const row = await seenRequest(ctx, seen, rights.endRequest)
  const { writes, event } = await endingOf(ctx, row, reason, 'fmo')
  await ctx.commit(writes, event)
}

/** What ends a request, whoever wants it ended. */
export async function endingOf(ctx: Ctx, row: RequestRow, reason: string, by: 'fmo' | 'release'): Promise<{ writes: Write[]; event: RecordedEvent }> {
  return {
    writes: [...(await step(ctx, row, { to: 'terminated', by: 'fmo', reason })), replaceDocuments(ctx.db, row.id, ctx.now)],
    event: requestEnded(row.id, { ...metaOf(row), from: row.state, by }),
  }
}

/** What events say of any request. */
export const metaOf = ({ kind, carrierId, linkId }: RequestRow) => ({ kind, carrier: carrierId, link: linkId })

export async function seenRequest(ctx: Ctx, { id, version }: SeenRequest, right: RightDeclaration): Promise<RequestRow> {
  demand(ctx, right)
  const row = await ctx.db.read(requestById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.version !== version) throw new Fault({ code: 'conflict', state: 'request_changed', detail: 'Somebody has changed the request since you saw it. Load it again and decide anew.' })
  return row
}

/** What stands in the way of a request now. */
export async function obstaclesOfRow(ctx: Ctx, row: RequestRow): Promise<Obstacle[]> {
  const [carrier, { upline }] = await Promise.all([readCarrier(ctx, row.carrierId), ctx.vault.open<RequestSecret>(requestContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })])
  return obstaclesNow(ctx, { kind: row.kind, states: words(row.states), upline, linkId: row.linkId }, carrier)
}

export const errorsOf = (obstacles: readonly Obstacle[]): FieldError[] => obstacles.map(({ about, says }) => ({ pointer: `/obstacles/${about}`, detail: says }))
