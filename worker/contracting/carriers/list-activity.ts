import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { ActivityView } from './contract.ts'
import { carrierOf } from './enter-carrier.ts'
import { carrierCalled, rights } from './module.ts'
import { carrierById } from './store.ts'

type Page = { readonly cursor?: string | undefined; readonly limit: number }
type Activity = { readonly activity: ActivityView[]; readonly next: string | null }

/** What the asking carrier's own programs called, newest first, as the log of record holds it. */
export const listOwnActivity = (ctx: Ctx, page: Page): Promise<Activity> => activityOf(ctx, carrierOf(ctx), page)

/** The same for the FMO. */
export async function listActivity(ctx: Ctx, carrierId: string, page: Page): Promise<Activity> {
  demand(ctx, rights.readCarrierKeys)
  if (!(await ctx.db.read(carrierById(ctx.db, carrierId)))) throw new Fault({ code: 'not_found' })
  return activityOf(ctx, carrierId, page)
}

async function activityOf(ctx: Ctx, carrierId: string, { cursor, limit }: Page): Promise<Activity> {
  const list = `carrier_activity ${carrierId}`
  const before = cursor === undefined ? null : (await positionOf(ctx.vault, list, cursor)).at
  const { entries, next } = await ctx.reach.chain.query(ctx.tenant.id, { name: carrierCalled.eventName, subject: carrierId }, before, limit)
  const activity = entries.map(({ line, at }) => {
    const { actor, meta } = JSON.parse(line) as ChainEntry // `as`: the line was made of one
    return { at, keyId: actor.id, method: String(meta['method']).toUpperCase(), path: String(meta['path']), status: Number(meta['status']), times: Number(meta['times'] ?? 1) }
  })
  return { activity, next: next === null ? null : await cursorOf(ctx.vault, list, { at: next, id: carrierId }) }
}
