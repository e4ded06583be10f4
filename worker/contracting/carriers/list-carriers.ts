import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand, may } from '../../core/rights.ts'
import type { CarrierView } from './contract.ts'
import { rights } from './module.ts'
import { carrierById, carrierPage } from './store.ts'
import { carrierView } from './views.ts'

/** The FMO's carriers by name, a page at a time. */
export async function listCarriers(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ carriers: CarrierView[]; next: string | null; mayWrite: boolean }> {
  demand(ctx, rights.readCarriers)
  const last = page.cursor === undefined ? null : await positionOf(ctx.vault, 'carriers', page.cursor)
  // The cursor names the row; where it stands by now is what the row says.
  const after = last && ((await ctx.db.read(carrierById(ctx.db, last.id))) ?? null)
  const rows = await ctx.db.read(carrierPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const end = rows.length > page.limit ? shown.at(-1) : undefined
  return { carriers: shown.map(carrierView), next: end ? await cursorOf(ctx.vault, 'carriers', { at: 0, id: end.id }) : null, mayWrite: may(ctx.actor, rights.writeCarriers, ctx.policy) }
}

/** The first of them by name, for whoever was found to be allowed something of theirs. */
export const firstCarriers = async (ctx: Ctx, limit: number): Promise<CarrierView[]> => (await ctx.db.read(carrierPage(ctx.db, null, limit))).slice(0, limit).map(carrierView)

/** One carrier. */
export async function readCarrier(ctx: Ctx, id: string): Promise<CarrierView> {
  demand(ctx, rights.readCarriers)
  return readCarrierRow(ctx, id)
}

/** One carrier, for whoever was found to be allowed something of its. */
export async function readCarrierRow(ctx: Ctx, id: string): Promise<CarrierView> {
  const row = await ctx.db.read(carrierById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  return carrierView(row)
}
