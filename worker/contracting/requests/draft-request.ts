import type { Ctx } from '../../core/ctx.ts'
import { Fault, type FieldError } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { readCarrier } from '../carriers/list-carriers.ts'
import type { CarrierView } from '../carriers/contract.ts'
import { readCopiedSummary } from '../producers/read-producer.ts'
import type { RequestChange, RequestTerms, RequestView } from './contract.ts'
import { requestChanged, requestContent, requestCreated, rights } from './module.ts'
import { recordOf } from './request-steps.ts'
import { changeRequestRow, insertRequest, requestById } from './store.ts'
import { requestView, type RequestSecret } from './views.ts'

/** A draft: for one of the FMO's producers, to one of its carriers, in states that the carrier writes. */
export async function draftRequest(ctx: Ctx, { kind, carrierId, linkId, states, upline }: RequestTerms): Promise<RequestView> {
  demand(ctx, rights.writeRequests)
  const [carrier, producer] = await Promise.all([readCarrier(ctx, carrierId), readCopiedSummary(ctx, linkId)])
  demandStates(carrier, states)
  const id = ctx.newId('req')
  const secret: RequestSecret = { producer: producer.name, upline }
  const cell = await ctx.vault.seal(requestContent, id, secret)
  const row = {
    id, kind, carrierId, linkId, states: spelled(states), content: cell.sealed, sealVersion: cell.sealVersion, state: 'draft', stateAt: ctx.now, version: 1, createdBy: ctx.eventActor.id, createdAt: ctx.now, signedNumber: null, transmittedAt: null,
  } as const
  await ctx.commit([insertRequest(ctx.db, row), await recordOf(ctx, id, 'draft')], requestCreated(id, { kind, carrier: carrierId, link: linkId, states: states.length }))
  return requestView({ tenantId: ctx.tenant.id, ...row }, secret, carrier)
}

/** Change a draft at the version that was seen. */
export async function changeRequest(ctx: Ctx, id: string, { states, upline, version }: RequestChange & { version: number }): Promise<RequestView> {
  demand(ctx, rights.writeRequests)
  const row = await ctx.db.read(requestById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.version !== version) throw new Fault({ code: 'precondition_failed' })
  if (row.state !== 'draft') throw new Fault({ code: 'conflict', state: `request_${row.state}`, detail: 'Only a draft can be changed. Make it a draft again first; what was signed for it then no longer counts.' })
  const carrier = await readCarrier(ctx, row.carrierId)
  demandStates(carrier, states)
  const before = await ctx.vault.open<RequestSecret>(requestContent, id, { sealed: row.content, sealVersion: row.sealVersion })
  const secret: RequestSecret = { ...before, upline }
  const fields = [...(spelled(states) === row.states ? [] : ['states']), ...(before.upline === upline ? [] : ['upline'])]
  if (fields.length === 0) return requestView(row, before, carrier)
  const cell = await ctx.vault.seal(requestContent, id, secret)
  const set = { states: spelled(states), content: cell.sealed, sealVersion: cell.sealVersion }
  await ctx.commit([changeRequestRow(ctx.db, row, set)], requestChanged(id, { fields: fields.join(',') }))
  return requestView({ ...row, ...set, version: row.version + 1 }, secret, carrier)
}

const spelled = (states: readonly string[]): string => states.toSorted().join(' ')

function demandStates(carrier: CarrierView, states: readonly string[]): void {
  const errors: FieldError[] = states.flatMap((state, index) => (carrier.states.includes(state) ? [] : [{ pointer: `/states/${index}`, detail: `${carrier.name} does not write business in ${state}.` }]))
  if (errors.length > 0) throw new Fault({ code: 'invalid', errors })
}
