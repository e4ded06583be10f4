import type { Ctx } from '../../core/ctx.ts'
import { addressRefusal } from '../../core/delivery/egress-rule.ts'
import type { HookAddress } from '../../core/delivery/hook.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { newWebhookSecret } from '../../core/vault/webhook-signature.ts'
import type { SetWebhook, WebhookView } from './contract.ts'
import { reveals, rights, webhookEnded, webhookSecret, webhookSet } from './module.ts'
import { carrierById, endWebhookRow, insertWebhook, webhookOfCarrier } from './store.ts'

/** Set where a carrier is called. The secret is new, good for this address only, and in this answer only; an older address ends with the same batch. */
export async function setWebhook(ctx: Ctx, carrierId: string, { url }: SetWebhook): Promise<{ webhook: WebhookView; secret: string }> {
  demand(ctx, rights.setWebhook)
  const [carrier, before] = await ctx.db.readAll([carrierById(ctx.db, carrierId), webhookOfCarrier(ctx.db, carrierId)])
  if (!carrier) throw new Fault({ code: 'not_found' })
  const { ORIGIN, HOOKS_URL } = ctx.reach.env
  const refusal = addressRefusal(url, { own: ORIGIN, ...(HOOKS_URL ? { base: new URL(HOOKS_URL, ORIGIN).href } : {}) })
  if (refusal !== null) throw new Fault({ code: 'invalid', errors: [{ pointer: '/url', detail: `This cannot be called: ${refusal}. Give an https address with a public host name.` }] })
  const id = ctx.newId('whe')
  const secret = newWebhookSecret()
  const cell = await ctx.vault.seal(webhookSecret, id, { secret })
  const row = { id, carrierId, url, content: cell.sealed, sealVersion: cell.sealVersion, createdBy: ctx.eventActor.id, createdAt: ctx.now, endedAt: null }
  await ctx.commit([...(before ? [endWebhookRow(ctx.db, before.id, ctx.now)] : []), insertWebhook(ctx.db, row)], webhookSet(id, { carrier: carrierId, replaced: before !== undefined }))
  return { webhook: { id, carrierId, url, createdAt: ctx.now }, secret }
}

/** Call a carrier no more. What waits for it is dropped when its turn comes. */
export async function endWebhook(ctx: Ctx, carrierId: string): Promise<void> {
  demand(ctx, rights.setWebhook)
  const row = await ctx.db.read(webhookOfCarrier(ctx.db, carrierId))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([endWebhookRow(ctx.db, row.id, ctx.now)], webhookEnded(row.id, { carrier: carrierId }))
}

/** Where a carrier is called; never the secret. For whoever was found to be allowed something of that carrier's. */
export async function webhookOf(ctx: Ctx, carrierId: string): Promise<WebhookView | null> {
  const row = await ctx.db.read(webhookOfCarrier(ctx.db, carrierId))
  return row ? { id: row.id, carrierId, url: row.url, createdAt: row.createdAt } : null
}

/** Where a carrier is called and what signs there, for whoever calls. */
export async function webhookAddress(ctx: Ctx, carrierId: string): Promise<HookAddress | null> {
  const row = await ctx.db.read(webhookOfCarrier(ctx.db, carrierId))
  if (!row) return null
  const { secret } = await ctx.vault.reveal<{ secret: string }>(grantReveal(reveals.signWebhook), webhookSecret, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return { url: row.url, secret }
}
