import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, type RevealDeclaration, type RightDeclaration, type SealedField } from '../module.ts'

/** { secret, previous } that a sender's messages are proven with. */
export const hookSecret = {
  name: 'core.hook.secret', table: 'hook_connections', column: 'content', class: 'secret', scope: 'tenant',
  holds: ['secret that proves a sender’s webhooks', 'the one before it, for a day'],
} as const satisfies SealedField

export const reveals = {
  verifyHook: { verb: 'core.hook.take', field: hookSecret.name, reveals: true, says: 'Proves a webhook as it comes in. The secret is shown once, when it is made, and never again.' },
} as const satisfies Record<string, RevealDeclaration>

export const rights = {
  readConnections: { right: 'hook.connection.read', says: 'See the connections of inbound webhooks and what came in by them', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent', claims: ['CAL-84'] },
  writeConnections: { right: 'hook.connection.write', says: 'Make, rotate and revoke connections of inbound webhooks', atLeast: 'admin', policy: 'perm.integration_credentials', stepUp: 'recent', claims: ['CAL-84'] },
} as const satisfies Record<string, RightDeclaration>

/** Requests of one organisation in a minute, over all its connections (CAL-49). */
export const HOOKS_PER_MINUTE = 200

/** Both secrets are accepted for so long after a rotation. */
export const OVERLAP_MS = 86_400_000

/** How long a message's id is remembered: longer than any message may be under way. */
export const EVENTS_MS = 30 * 86_400_000

const sender = { sender: meta.fields() }

export const connectionMade = defineEvent('core.hook_connection.made', 'A connection for inbound webhooks was made.', sender)
export const connectionRotated = defineEvent('core.hook_connection.rotated', 'A connection’s secret was replaced; the old one is accepted for a day.', sender)
export const connectionRevoked = defineEvent('core.hook_connection.revoked', 'A connection was revoked and takes nothing any more.', sender, { urgent: true })
export const connectionTested = defineEvent('core.hook_connection.tested', 'A test message was sent through a connection’s own check.', { ...sender, accepted: meta.flag() })
export const hookPassed = defineEvent('core.hook.passed', 'A proven webhook came in that changed nothing.', { ...sender, connection: meta.id(), result: meta.oneOf(['nothing', 'too_late']) }, { urgent: true })

/** What comes in: addresses, secrets, limits, and every message once. */
export const hooksModule = defineModule({
  name: 'hooks',
  rights: Object.values(rights),
  sealedFields: [hookSecret],
  events: [connectionMade, connectionRotated, connectionRevoked, connectionTested, hookPassed],
  limits: [
    { name: 'hooks', says: 'Inbound webhooks of one organisation, over all its connections', per: 'tenant', quota: HOOKS_PER_MINUTE, windowS: 60, claims: ['CAL-49'] },
    { name: 'hook_connection', says: 'Inbound webhooks of one connection', per: 'key', quota: HOOKS_PER_MINUTE, windowS: 60, claims: ['CAL-49'] },
  ],
  retention: [
    { name: 'hook_connections', what: 'Connections of inbound webhooks with their sealed secrets', enters: 'Made by whoever holds integration credentials', sealedIn: [hookSecret.name], keep: { life: 'tenant' }, then: 'deleted' },
    { name: 'webhook_events', what: 'Inbound webhooks by id, type and result', enters: 'Written with the effect of each message', keep: { ms: EVENTS_MS }, then: 'deleted', claims: ['CAL-81'] },
  ],
  controls: [],
  subprocessors: [],
  reveals: Object.values(reveals),
})

/** Who ends what is kept of connections. */
export const hooksKeptElsewhere = { hook_connections: 'the destruction of a closed tenant' } as const
