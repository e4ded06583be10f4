import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import { keysOf } from '../../core/api/make-key.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierKeyView } from './contract.ts'
import { rights } from './module.ts'
import { carrierById } from './store.ts'
import { carrierKeyView } from './views.ts'

/** One carrier's keys by prefix, newest first, a page at a time. */
export async function listCarrierKeys(ctx: Ctx, carrierId: string, page: { cursor?: string | undefined; limit: number }): Promise<{ keys: CarrierKeyView[]; next: string | null }> {
  demand(ctx, rights.readCarrierKeys)
  const list = `carrier_keys ${carrierId}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const [carrier, rows] = await ctx.db.readAll([carrierById(ctx.db, carrierId), keysOf(ctx, carrierId, after, page.limit)])
  if (!carrier) throw new Fault({ code: 'not_found' })
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { keys: shown.map((row) => carrierKeyView(row, ctx.now)), next: last ? await cursorOf(ctx.vault, list, { at: last.createdAt, id: last.id }) : null }
}
