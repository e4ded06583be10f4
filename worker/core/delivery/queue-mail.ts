import type { Ctx } from '../ctx.ts'
import type { Write } from '../tenancy/statement.ts'
import type { JsonValue } from '../vault/sealed.ts'
import type { MailOf } from './mail.ts'
import { tenantLetter } from './module.ts'
import { insertDelivery } from './store.ts'

/** How long after the request the timer rings: by then the batch has committed, or never will. */
export const PROMPT_MS = 1000

/** A mail of the tenant, as a change for `ctx.commit`: it leaves if the verb's batch commits and not otherwise. */
export async function queueMail<P extends JsonValue>(ctx: Ctx, template: MailOf<P>, mail: { to: string; params: P; notBefore?: number }): Promise<Write> {
  const id = ctx.newId('dlv')
  const cell = await ctx.vault.seal(tenantLetter, id, { to: mail.to, params: mail.params })
  const dueAt = Math.max(ctx.now, mail.notBefore ?? 0)
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', dueAt + PROMPT_MS))
  return insertDelivery(ctx.db, {
    id,
    channel: 'mail',
    template: template.name,
    content: cell.sealed,
    sealVersion: cell.sealVersion,
    state: 'queued',
    attempts: 0,
    dueAt,
    lastError: null,
    createdAt: ctx.now,
    settledAt: null,
  })
}
