import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { isFault } from '../failure.ts'
import type { Write } from '../tenancy/statement.ts'
import { isVaultFault } from '../vault/fault.ts'
import type { JsonValue } from '../vault/sealed.ts'
import { signWebhook } from '../vault/webhook-signature.ts'
import type { Courier } from './courier.ts'
import { egress } from './egress.ts'
import { attemptOf, type Attempt } from './mail-provider.ts'
import { tenantLetter } from './module.ts'
import { PROMPT_MS } from './queue-mail.ts'
import { insertDelivery } from './store.ts'

/** Where a call goes, and what signs it there. */
export type HookAddress = { readonly url: string; readonly secret: string }

/** A webhook as the queue knows it: by name, its parameters not yet checked. */
export type HookTemplate = {
  readonly name: string
  /** For the delivery page: "A new application". */
  readonly says: string
  /** Where it goes and what it says, or null where nobody wants it any more. Asked anew at each attempt: an address that was changed meanwhile counts. */
  readonly compose: (ctx: Ctx, params: JsonValue) => Promise<{ readonly address: HookAddress; readonly payload: JsonValue } | null>
}

/** A template with the shape of its parameters, for whoever queues it. */
export type HookOf<P> = HookTemplate & { readonly params: z.ZodType<P> }

/** Declare a webhook. `write` names what happened by ids; whoever gets it asks for the rest with its own key. */
export function defineHook<P extends JsonValue>(declared: {
  readonly name: string
  readonly says: string
  readonly params: z.ZodType<P>
  readonly address: (ctx: Ctx, params: P) => Promise<HookAddress | null>
  readonly write: (params: P) => JsonValue
}): HookOf<P> {
  const { name, says, params, address, write } = declared
  return {
    name,
    says,
    params,
    compose: async (ctx, given) => {
      const known = params.parse(given)
      const where = await address(ctx, known)
      return where && { address: where, payload: write(known) }
    },
  }
}

/** A webhook of the tenant, as a change for `ctx.commit`. `to`: whom the delivery page names. */
export async function queueHook<P extends JsonValue>(ctx: Ctx, template: HookOf<P>, { to, params }: { to: string; params: P }): Promise<Write> {
  const id = ctx.newId('dlv')
  const cell = await ctx.vault.seal(tenantLetter, id, { to, params })
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', ctx.now + PROMPT_MS))
  return insertDelivery(ctx.db, {
    id, channel: 'webhook', template: template.name, content: cell.sealed, sealVersion: cell.sealVersion, state: 'queued', attempts: 0, dueAt: ctx.now, lastError: null, createdAt: ctx.now, settledAt: null,
  })
}

/** Calls webhooks: signed as Standard Webhooks asks, under one id at every attempt. */
export const hookCourier = (hooks: readonly HookTemplate[]): Courier => async ({ ctx, vault, field, visit }, row) => {
  const hook = hooks.find(({ name }) => name === row.template)
  if (!hook || !ctx) return { sent: false, error: 'unknown_template', again: false }
  const { ORIGIN, HOOKS_URL } = visit.reach.env
  let url: string
  let body: string
  let signed: Record<string, string>
  try {
    const { params } = await vault.open<{ to: string; params: never }>(field, row.id, { sealed: row.content, sealVersion: row.sealVersion })
    const composed = await hook.compose(ctx, params)
    if (!composed) return 'unwanted'
    url = composed.address.url
    body = JSON.stringify({ type: hook.name, timestamp: new Date(row.createdAt).toISOString(), data: composed.payload })
    signed = await signWebhook(composed.address.secret, { id: row.id, at: visit.now, body })
  } catch (thrown) {
    if (isVaultFault(thrown)) return { sent: false, error: 'unreadable', again: false }
    if (isFault(thrown) && thrown.failure.code === 'stale_fence') throw thrown
    return { sent: false, error: 'could_not_prepare', again: true }
  }
  const answer = await egress({ url, method: 'POST', headers: { 'Content-Type': 'application/json', 'User-Agent': 'countersign', ...signed }, body }, { own: ORIGIN, ...(HOOKS_URL ? { base: new URL(HOOKS_URL, ORIGIN).href } : {}) })
  if (!answer.ok) return { sent: false, error: answer.reason, again: answer.reason !== 'refused_address' }
  return hookAttemptOf(answer.status, answer.headers.get('Retry-After'))
}

/** What a receiver's status means: anything but a 2xx is tried again, save 410, which says that nobody is there any more. Pure. */
export function hookAttemptOf(status: number, retryAfter: string | null): Attempt {
  if (status === 410) return { sent: false, error: 'rejected', again: false }
  const attempt = attemptOf(status, '', retryAfter)
  return attempt.sent || attempt.again ? attempt : { ...attempt, again: true }
}
