import { cursorOf, positionOf } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import { deliveryStates, type DeliveryFilter, type DeliveryView } from './contract.ts'
import { mailProvider } from './mail-provider.ts'
import type { MailTemplate } from './mail.ts'
import { rights, tenantLetter } from './module.ts'
import { countDeliveries, deliveriesByDay, deliveriesPage } from './store.ts'
import { deliveryView } from './views.ts'

export type DeliveryDay = { readonly day: string } & Readonly<Record<(typeof deliveryStates)[number], number>>

export type DeliveriesView = {
  readonly deliveries: readonly DeliveryView[]
  readonly next: string | null
  readonly counts: Readonly<Record<(typeof deliveryStates)[number], number>>
  /** What was queued on each of the last fourteen days (UTC), oldest first, by what became of it. */
  readonly days: readonly DeliveryDay[]
  readonly mayReplay: boolean
  /** False where the deployment has no mail provider yet: everything waits. */
  readonly configured: boolean
}

const DAY_MS = 86_400_000
const DAYS = 14

/** What this tenant sends, newest first. The deployment's own mail (sign-in, reset, new device) is in no tenant's list. */
export async function listDeliveries(ctx: Ctx, mails: readonly Pick<MailTemplate, 'name' | 'says'>[], filter: DeliveryFilter, page: { cursor?: string | undefined; limit: number }): Promise<DeliveriesView> {
  demand(ctx, rights.readDeliveries)
  const list = `deliveries ${filter.state ?? ''}`
  const before = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const today = Math.floor(ctx.now / DAY_MS)
  const [rows, queued, sent, dead, dropped, tally] = await ctx.db.readAll([
    deliveriesPage(ctx.db, { state: filter.state, before, limit: page.limit + 1 }),
    countDeliveries(ctx.db, 'queued'),
    countDeliveries(ctx.db, 'sent'),
    countDeliveries(ctx.db, 'dead'),
    countDeliveries(ctx.db, 'dropped'),
    deliveriesByDay(ctx.db, (today - DAYS + 1) * DAY_MS),
  ])
  const shown = rows.slice(0, page.limit)
  const sealed = await ctx.vault.openMany<{ to: string; params: null }>(tenantLetter, shown.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    deliveries: shown.map((row, index) => deliveryView(row, sealed[index] ?? { to: '' }, mails)),
    next: last ? await cursorOf(ctx.vault, list, { at: last.createdAt, id: last.id }) : null,
    counts: { queued, sent, dead, dropped },
    days: Array.from({ length: DAYS }, (_, at) => {
      const day = today - DAYS + 1 + at
      const of = (state: (typeof deliveryStates)[number]) => tally.find((each) => each.day === day && each.state === state)?.n ?? 0
      return { day: new Date(day * DAY_MS).toISOString().slice(0, 10), queued: of('queued'), sent: of('sent'), dead: of('dead'), dropped: of('dropped') }
    }),
    mayReplay: may(ctx.actor, rights.replayDelivery, ctx.policy),
    configured: mailProvider(ctx.reach.env) !== null,
  }
}
