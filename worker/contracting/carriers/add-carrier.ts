import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierTerms, CarrierView } from './contract.ts'
import { carrierAdded, rights } from './module.ts'
import { carrierByNaic, insertCarrier } from './store.ts'
import { carrierView } from './views.ts'

/** A carrier of this FMO's. One company stands here once. */
export async function addCarrier(ctx: Ctx, terms: CarrierTerms): Promise<CarrierView> {
  demand(ctx, rights.writeCarriers)
  if (await ctx.db.read(carrierByNaic(ctx.db, terms.naic))) throw naicTaken()
  const row = { id: ctx.newId('car'), ...rowOf(terms), createdBy: ctx.eventActor.id, createdAt: ctx.now, version: 1 }
  await ctx.commit([insertCarrier(ctx.db, row)], carrierAdded(row.id, { states: terms.states.length, lines: terms.lines.length }))
  return carrierView({ tenantId: ctx.tenant.id, ...row })
}

export const rowOf = ({ states, lines, asksFor, ...rest }: CarrierTerms) => ({ ...rest, states: states.toSorted().join(' '), lines: lines.toSorted().join(' '), asksFor: asksFor.toSorted().join(' ') })

export const naicTaken = (): Fault => new Fault({ code: 'invalid', errors: [{ pointer: '/naic', detail: 'This company is among your carriers already.' }] })
