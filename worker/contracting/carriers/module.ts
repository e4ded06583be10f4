import { defineEvent, meta } from '../../core/audit/event.ts'
import type { RevealDeclaration, RightDeclaration, SealedField } from '../../core/module.ts'
import { policyFields } from '../../core/tenancy/contract.ts'
import type { AreaDeclarations } from '../../core/areas.ts'

/** { secret } that signs what a carrier is told. */
export const webhookSecret = {
  name: 'contracting.webhook.secret', table: 'webhook_endpoints', column: 'content', class: 'secret', scope: 'tenant',
  holds: ['secret that signs a carrier’s webhooks'],
} as const satisfies SealedField

export const reveals = {
  signWebhook: { verb: 'contracting.webhook.sign', field: webhookSecret.name, reveals: true, says: 'Signs a webhook as it leaves. The secret is shown once, when it is made, and never again.' },
} as const satisfies Record<string, RevealDeclaration>

export const rights = {
  readCarriers: { right: 'contracting.carrier.read', says: 'See the carriers and what they ask for', atLeast: 'member' },
  writeCarriers: { right: 'contracting.carrier.write', says: 'Define carriers', atLeast: 'admin' },
  readCarrierKeys: { right: 'contracting.carrier_key.read', says: 'See carriers’ API keys and what was done with them', atLeast: 'admin', policy: 'perm.carrier_keys' },
  setWebhook: { right: 'contracting.webhook.set', says: 'Set and end carriers’ webhooks', atLeast: 'admin', policy: 'perm.carrier_keys' },
  issueCarrierKey: { right: 'contracting.carrier_key.issue', says: 'Issue, replace and revoke carriers’ API keys', atLeast: 'admin', policy: 'perm.carrier_keys', stepUp: 'exact', claims: ['CIQ-51'] },
} as const satisfies Record<string, RightDeclaration>

export const carrierAdded = defineEvent('contracting.carrier.added', 'A carrier was defined.', { states: meta.count(), lines: meta.count() })
export const carrierChanged = defineEvent('contracting.carrier.changed', 'A carrier was changed.', { fields: meta.fields() })
export const carrierKeyIssued = defineEvent('contracting.carrier_key.issued', 'An API key was issued for a carrier.', { carrier: meta.id(), prefix: meta.digest(), days: meta.count() })
export const carrierKeyRevoked = defineEvent('contracting.carrier_key.revoked', 'A carrier’s API key was revoked.', { carrier: meta.id(), prefix: meta.digest() }, { urgent: true })

export const webhookSet = defineEvent('contracting.webhook.set', 'An address was set for a carrier’s webhooks, with a secret of its own.', { carrier: meta.id(), replaced: meta.flag() })
export const webhookEnded = defineEvent('contracting.webhook.ended', 'A carrier’s webhooks were switched off.', { carrier: meta.id() })

/** Of the path only what is ours: its fixed words, and ids that have the shape of one. `times`: of calls above the limit, how many in that minute; path and method are the first one's. */
export const carrierCalled = defineEvent(
  'contracting.carrier_api.read', 'A carrier’s program called its API.', { method: meta.oneOf(['get', 'post', 'put', 'patch', 'delete']), path: meta.digest(), status: meta.count(), times: meta.count().optional() }, { read: true, urgent: true },
)

/** Carriers, and the keys by which their programs come in. */
export const carriersArea = {
  rights: Object.values(rights),
  sealedFields: [webhookSecret],
  events: [carrierAdded, carrierChanged, carrierKeyIssued, carrierKeyRevoked, carrierCalled, webhookSet, webhookEnded],
  limits: [{ name: 'carrier_key', says: 'Requests of one carrier’s API key', per: 'key', quota: policyFields['rate.api_user'].max, windowS: 60, policy: 'rate.api_user', claims: ['CIQ-37'] }],
  retention: [{ name: 'carriers', what: 'Carriers, the records of their keys, and where they are called', enters: 'Defined by the FMO', sealedIn: [webhookSecret.name], keep: { life: 'tenant' }, then: 'deleted' }],
  controls: [
    {
      id: 'contracting.carrier_door', name: 'A carrier’s key reaches that carrier’s applications alone', status: 'active', probe: 'contracting.carrier_door',
      how: 'Each key belongs to one carrier of one FMO, is shown once, kept as a digest and taken from the header only. What was not handed over to that very carrier is nowhere for it; each of its calls stands in an activity that it reads too.',
      enforcedBy: ['worker/contracting/carriers/issue-carrier-key.ts', 'worker/contracting/requests/read-application.ts', 'worker/contracting/requests/fetch-document.ts'],
      claims: ['CIQ-45', 'CIQ-50', 'CIQ-51', 'CIQ-52', 'CIQ-58'], frameworks: ['CC6.1', 'CC6.3'],
    },
  ],
  reveals: Object.values(reveals),
} as const satisfies AreaDeclarations

/** Who ends what is kept of carriers. */
export const carriersKeptElsewhere = { carriers: 'the destruction of a closed tenant' } as const
