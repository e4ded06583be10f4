import type { Visit } from '../ctx.ts'
import { PLATFORM } from '../reach.ts'
import type { Write } from '../tenancy/statement.ts'
import type { JsonValue } from '../vault/sealed.ts'
import type { MailOf } from './mail.ts'
import { platformLetter } from './module.ts'
import { PROMPT_MS } from './queue-mail.ts'
import { insertPlatformDelivery } from './store.ts'

/**
 * A mail of the deployment itself (sign-up, reset, new device), as a change for `visit.commitDirectory`: it leaves if the
 * batch commits and not otherwise. Where the fact lies in an object rather than in the directory, commit it with an event of
 * its own, after the object has answered.
 */
export async function queuePlatformMail<P extends JsonValue>(visit: Visit, template: MailOf<P>, mail: { to: string; params: P; notBefore?: number }): Promise<Write> {
  const id = visit.newId('dlv')
  const cell = await visit.platformVault.seal(platformLetter, id, { to: mail.to, params: mail.params })
  const dueAt = Math.max(visit.now, mail.notBefore ?? 0)
  visit.later(() => visit.reach.timers.set(PLATFORM, visit.now, 'run-due', dueAt + PROMPT_MS))
  return insertPlatformDelivery(visit.directory, {
    id,
    channel: 'mail',
    template: template.name,
    content: cell.sealed,
    sealVersion: cell.sealVersion,
    state: 'queued',
    attempts: 0,
    dueAt,
    lastError: null,
    createdAt: visit.now,
    settledAt: null,
  })
}
