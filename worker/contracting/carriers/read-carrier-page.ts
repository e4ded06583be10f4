import type { Ctx } from '../../core/ctx.ts'
import { may } from '../../core/rights.ts'
import type { ActivityView, CarrierKeyView, CarrierView, WebhookView } from './contract.ts'
import { listActivity } from './list-activity.ts'
import { listCarrierKeys } from './list-carrier-keys.ts'
import { readCarrier } from './list-carriers.ts'
import { rights } from './module.ts'
import { webhookOf } from './set-webhook.ts'

/** A carrier with everything of its that the reader may see; `access` is null for whoever may not see its keys. */
export type CarrierPageView = {
  readonly carrier: CarrierView
  readonly access: { readonly keys: CarrierKeyView[]; readonly nextKeys: string | null; readonly activity: ActivityView[]; readonly nextActivity: string | null; readonly webhook: WebhookView | null } | null
  readonly mayWrite: boolean
  readonly mayIssue: boolean
  readonly maySetWebhook: boolean
}

const PER_PAGE = 25

export async function readCarrierPage(ctx: Ctx, id: string, page: { keys?: string | undefined; activity?: string | undefined } = {}): Promise<CarrierPageView> {
  const carrier = await readCarrier(ctx, id)
  const sees = may(ctx.actor, rights.readCarrierKeys, ctx.policy)
  return {
    carrier,
    access: sees ? await accessOf(ctx, id, page) : null,
    mayWrite: may(ctx.actor, rights.writeCarriers, ctx.policy),
    mayIssue: may(ctx.actor, rights.issueCarrierKey, ctx.policy),
    maySetWebhook: may(ctx.actor, rights.setWebhook, ctx.policy),
  }
}

async function accessOf(ctx: Ctx, id: string, page: { keys?: string | undefined; activity?: string | undefined }): Promise<CarrierPageView['access']> {
  const [{ keys, next }, { activity, next: nextActivity }, webhook] = await Promise.all([listCarrierKeys(ctx, id, { cursor: page.keys, limit: PER_PAGE }), listActivity(ctx, id, { cursor: page.activity, limit: PER_PAGE }), webhookOf(ctx, id)])
  return { keys, nextKeys: next, activity, nextActivity, webhook }
}
