import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { naicTaken, rowOf } from './add-carrier.ts'
import type { CarrierTerms, CarrierView } from './contract.ts'
import { carrierChanged, rights } from './module.ts'
import { carrierById, carrierByNaic, changeCarrierRow } from './store.ts'
import { carrierView } from './views.ts'

/** Change a carrier at the version that was seen. What was sent to it before stays as it was sent. */
export async function changeCarrier(ctx: Ctx, id: string, { version, ...terms }: CarrierTerms & { version: number }): Promise<CarrierView> {
  demand(ctx, rights.writeCarriers)
  const [row, namesake] = await ctx.db.readAll([carrierById(ctx.db, id), carrierByNaic(ctx.db, terms.naic)])
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.version !== version) throw new Fault({ code: 'precondition_failed' })
  if (namesake && namesake.id !== id) throw naicTaken()
  const set = rowOf(terms)
  const fields = (Object.keys(set) as (keyof typeof set)[]).filter((field) => set[field] !== row[field]) // `as`: the keys of that object
  if (fields.length === 0) return carrierView(row)
  await ctx.commit([changeCarrierRow(ctx.db, row, set)], carrierChanged(id, { fields: fields.join(',') }))
  return carrierView({ ...row, ...set, version: row.version + 1 })
}
