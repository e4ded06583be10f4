import { isFault } from '../failure.ts'
import { isVaultFault } from '../vault/fault.ts'
import { channelsOf, type Courier, type Couriers } from './courier.ts'
import { layOut, type LaidOut } from './lay-out.ts'
import type { Attempt, MailProvider } from './mail-provider.ts'
import type { MailTemplate } from './mail.ts'
import { deliveryDeferred, deliveryDied, deliveryDropped, deliverySent, SETTLED_MS } from './module.ts'
import type { Outgoing } from './outgoing.ts'
import { nextAttemptAt } from './policy.ts'
import type { DeliveryRow } from './store.ts'

type Sealed = { to: string; params: never }

/**
 * Try the message of a queue that is due for longest and has a courier, and record what came of it. Answers false when none
 * was due. Two that try the same message at once hand it over under one id, and one of them records it.
 */
export async function deliverNext(outgoing: Outgoing, couriers: Couriers): Promise<boolean> {
  const row = await outgoing.next(channelsOf(couriers))
  const courier = row && couriers[row.channel]
  if (!courier) return false
  const outcome = await courier(outgoing, row)
  try {
    await record(outgoing, row, outcome)
  } catch (thrown) {
    // Somebody else recorded it first.
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  }
  return true
}

/** Hands mails to a provider, each under one Idempotency-Key at every attempt. */
export const mailCourier = (provider: MailProvider, templates: readonly MailTemplate[]): Courier => async (outgoing, row) => {
  const template = templates.find(({ name }) => name === row.template)
  if (!template) return { sent: false, error: 'unknown_template', again: false }
  const { env } = outgoing.visit.reach
  let to: string
  let mail: LaidOut
  try {
    const sealed = await outgoing.vault.open<Sealed>(outgoing.field, row.id, { sealed: row.content, sealVersion: row.sealVersion })
    const letter = await template.compose(await sendingOf(outgoing, row), sealed.params)
    if (!letter) return 'unwanted'
    to = sealed.to
    mail = layOut(letter, { name: outgoing.name, origin: env.ORIGIN, address: env.MAIL_ADDRESS ?? null })
  } catch (thrown) {
    if (isVaultFault(thrown)) return { sent: false, error: 'unreadable', again: false }
    if (isFault(thrown) && thrown.failure.code === 'stale_fence') throw thrown
    return { sent: false, error: 'could_not_prepare', again: true }
  }
  return provider({ ...mail, to, key: `countersign/${row.id}` })
}

async function sendingOf({ visit, ctx, vault }: Outgoing, row: DeliveryRow) {
  const { mac } = await vault.sign('token', 'core.delivery.token', row.id)
  return {
    visit,
    ctx,
    deliveryId: row.id,
    token: mac.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    link: (path: `/${string}`) => `${visit.reach.env.ORIGIN}${path}`,
  }
}

async function record(outgoing: Outgoing, row: DeliveryRow, outcome: Attempt | 'unwanted'): Promise<void> {
  const { now, reach, later } = outgoing.visit
  const attempts = row.attempts + 1
  const told = { template: row.template, attempts }
  const settled = { attempts, settledAt: now, dueAt: now + SETTLED_MS, lastError: null }
  if (outcome === 'unwanted') return outgoing.change(row, { ...settled, state: 'dropped' }, deliveryDropped(row.id, told))
  if (outcome.sent) return outgoing.change(row, { ...settled, state: 'sent' }, deliverySent(row.id, told))
  const { error } = outcome
  const dueAt = outcome.again ? nextAttemptAt(attempts, now, outcome.afterMs) : null
  if (dueAt === null) return outgoing.change(row, { ...settled, state: 'dead', lastError: error }, deliveryDied(row.id, { ...told, error }))
  await outgoing.change(row, { attempts, dueAt, lastError: error }, deliveryDeferred(row.id, { ...told, error }))
  later(() => reach.timers.set(outgoing.owner, now, 'run-due', dueAt))
}
