import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { deliveryReplayed, rights } from './module.ts'
import { PROMPT_MS } from './queue-mail.ts'
import { changeDelivery, deliveryById } from './store.ts'

/** Queue a dead letter again, with all its attempts. It is the same message: a link in it is the same link. */
export async function replayDelivery(ctx: Ctx, id: string): Promise<void> {
  demand(ctx, rights.replayDelivery)
  const row = await ctx.db.read(deliveryById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.state !== 'dead') throw new Fault({ code: 'conflict', state: `delivery_${row.state}`, detail: 'Only a dead letter can be sent again.' })
  await ctx.commit([changeDelivery(ctx.db, row, { state: 'queued', attempts: 0, dueAt: ctx.now, lastError: null, settledAt: null })], deliveryReplayed(row.id, { template: row.template }))
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', ctx.now + PROMPT_MS))
}
