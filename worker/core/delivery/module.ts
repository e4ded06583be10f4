import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, type RightDeclaration, type SealedField } from '../module.ts'

/** { to, params } of a tenant's message. */
export const tenantLetter = {
  name: 'core.delivery.content', table: 'deliveries', column: 'content', class: 'content', scope: 'tenant',
  holds: ['recipient address', 'parameters of the message'],
} as const satisfies SealedField

/** { to, params } of the deployment's own mail. */
export const platformLetter = {
  name: 'core.platform_delivery.content', table: 'platform_deliveries', column: 'content', class: 'content', scope: 'platform',
  holds: ['recipient address', 'parameters of the message'],
} as const satisfies SealedField

/** Why an attempt failed. Ours: what the other side answers is never kept. */
export const attemptErrors = ['refused_address', 'timeout', 'unreachable', 'redirected', 'too_large', 'rejected', 'unauthorized', 'rate_limited', 'provider_error', 'unknown_template', 'unreadable', 'could_not_prepare'] as const
export type AttemptError = (typeof attemptErrors)[number]

const told = { template: meta.fields(), attempts: meta.count() }
const failed = { ...told, error: meta.oneOf(attemptErrors) }

export const deliveryQueued = defineEvent('core.delivery.queued', 'A message was put into the queue.', { template: meta.fields(), about: meta.id() })
export const deliverySent = defineEvent('core.delivery.sent', 'A message was handed to its provider.', told, { urgent: true })
export const deliveryDeferred = defineEvent('core.delivery.deferred', 'An attempt to send failed and will be repeated.', failed, { urgent: true })
export const deliveryDied = defineEvent('core.delivery.died', 'A message could not be sent and is kept as a dead letter.', failed, { urgent: true })
export const deliveryDropped = defineEvent('core.delivery.dropped', 'A message was no longer wanted when its turn came.', told, { urgent: true })
export const deliveryReplayed = defineEvent('core.delivery.replayed', 'A dead letter was queued again.', { template: meta.fields() })

export const rights = {
  readDeliveries: { right: 'delivery.read', says: 'See what this tenant sends and what could not be sent', atLeast: 'admin' },
  replayDelivery: { right: 'delivery.replay', says: 'Send a dead letter again', atLeast: 'admin' },
} as const satisfies Record<string, RightDeclaration>

/** How long a settled message stays on the delivery page. */
export const SETTLED_MS = 30 * 86_400_000

/** What leaves: a durable queue, attempts with back-off, dead letters. */
export const deliveryModule = defineModule({
  name: 'delivery',
  rights: Object.values(rights),
  sealedFields: [tenantLetter, platformLetter],
  events: [deliveryQueued, deliverySent, deliveryDeferred, deliveryDied, deliveryDropped, deliveryReplayed],
  limits: [],
  retention: [
    { name: 'deliveries', what: 'Messages of a tenant, after they were sent, dropped or given up', enters: 'Queued in the batch of what caused it', sealedIn: [tenantLetter.name], keep: { ms: SETTLED_MS }, then: 'deleted' },
    { name: 'platform_deliveries', what: 'The deployment’s own mail, after it was sent, dropped or given up', enters: 'Queued in the batch of what caused it', sealedIn: [platformLetter.name], keep: { ms: SETTLED_MS }, then: 'deleted' },
  ],
  controls: [
    {
      id: 'delivery.queue', name: 'Messages are not lost', status: 'active', probe: 'delivery.queue',
      how: 'A message is queued in the batch of what caused it, tried again with growing waits under one key, and kept as a dead letter that can be sent again. A link in it is made as it leaves; only its hash is kept.',
      enforcedBy: ['worker/core/delivery/queue-mail.ts', 'worker/core/delivery/deliver-next.ts'], claims: [], provenBy: ['worker/core/delivery/deliver-next.test.ts', 'worker/core/delivery/policy.test.ts'], frameworks: ['PI1.4'],
    },
    {
      id: 'delivery.egress', name: 'One way out', status: 'active', probe: 'delivery.egress',
      how: 'Every outbound call passes one function: https and a host name, no IP address in any spelling, never ourselves, no redirect, ten seconds, one megabyte, and a credential only to the origin it was sealed with.',
      enforcedBy: ['worker/core/delivery/egress.ts', 'worker/core/delivery/egress-rule.ts', 'tests/architecture/egress.test.ts'], claims: [], provenBy: ['worker/core/delivery/egress.test.ts', 'worker/core/delivery/egress-rule.test.ts', 'tests/architecture/egress.test.ts'], frameworks: ['CC6.6'],
    },
  ],
  subprocessors: [],
  reveals: [],
})
