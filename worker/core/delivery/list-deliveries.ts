import { cursorOf, positionOf } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import { deliveryStates, type DeliveryFilter, type DeliveryView } from './contract.ts'
import { mailProvider } from './mail-provider.ts'
import type { MailTemplate } from './mail.ts'
import { rights, tenantLetter } from './module.ts'
import { countDeliveries, deliveriesPage } from './store.ts'
import { deliveryView } from './views.ts'

export type DeliveriesView = {
  readonly deliveries: readonly DeliveryView[]
  readonly next: string | null
  readonly counts: Readonly<Record<(typeof deliveryStates)[number], number>>
  readonly mayReplay: boolean
  /** False where the deployment has no mail provider yet: everything waits. */
  readonly configured: boolean
}

/** What this tenant sends, newest first. The deployment's own mail (sign-in, reset, new device) is in no tenant's list. */
export async function listDeliveries(ctx: Ctx, mails: readonly Pick<MailTemplate, 'name' | 'says'>[], filter: DeliveryFilter, page: { cursor?: string | undefined; limit: number }): Promise<DeliveriesView> {
  demand(ctx, rights.readDeliveries)
  const list = `deliveries ${filter.state ?? ''}`
  const before = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const [rows, queued, sent, dead, dropped] = await ctx.db.readAll([
    deliveriesPage(ctx.db, { state: filter.state, before, limit: page.limit + 1 }),
    countDeliveries(ctx.db, 'queued'),
    countDeliveries(ctx.db, 'sent'),
    countDeliveries(ctx.db, 'dead'),
    countDeliveries(ctx.db, 'dropped'),
  ])
  const shown = rows.slice(0, page.limit)
  const sealed = await ctx.vault.openMany<{ to: string; params: null }>(tenantLetter, shown.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    deliveries: shown.map((row, index) => deliveryView(row, sealed[index] ?? { to: '' }, mails)),
    next: last ? await cursorOf(ctx.vault, list, { at: last.createdAt, id: last.id }) : null,
    counts: { queued, sent, dead, dropped },
    mayReplay: may(ctx.actor, rights.replayDelivery, ctx.policy),
    configured: mailProvider(ctx.reach.env) !== null,
  }
}
