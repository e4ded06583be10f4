import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, type RightDeclaration, type SealedField } from '../module.ts'
import { policyFields } from '../tenancy/contract.ts'

/** The answer kept for a replay; gone after 24 hours. */
export const idempotencyAnswer = {
  name: 'core.idempotency.answer', table: 'idempotency_keys', column: 'answer', class: 'content', scope: 'tenant',
  holds: ['the answer to one API request'],
} as const satisfies SealedField

export const rights = {
  readKeys: { right: 'api_key.read', says: 'See the API keys', atLeast: 'admin', stepUp: 'recent' },
  issueKey: { right: 'api_key.issue', says: 'Issue and revoke workspace API keys', atLeast: 'owner', stepUp: 'exact', claims: ['IFD-75'] },
} as const satisfies Record<string, RightDeclaration>

export const keyIssued = defineEvent('core.api_key.issued', 'A workspace API key was issued.', { prefix: meta.digest(), scopes: meta.fields(), days: meta.count() })
export const keyRevoked = defineEvent('core.api_key.revoked', 'A workspace API key was revoked.', { prefix: meta.digest() }, { urgent: true })

/** The most that any tenant's policy allows; a policy may lower it. The guards count by the policy's own value (see DEFAULT_TERMS). */
const perMinute = { quota: policyFields['rate.api_user'].max, windowS: 60, policy: 'rate.api_user' } as const

/** The API: its keys, its idempotency, its limits. */
export const apiModule = defineModule({
  name: 'api',
  rights: Object.values(rights),
  sealedFields: [idempotencyAnswer],
  events: [keyIssued, keyRevoked],
  limits: [
    { name: 'person', says: 'Requests of one signed-in person', per: 'account', ...perMinute, claims: ['CAL-66'] },
    { name: 'key', says: 'Requests of one workspace API key', per: 'key', ...perMinute, claims: ['CAL-66'] },
  ],
  retention: [{ name: 'idempotency', what: 'Idempotency keys and their sealed answers', enters: 'Kept with the answer to a request that carried a key', sealedIn: [idempotencyAnswer.name], keep: { ms: 24 * 3_600_000 }, then: 'deleted' }],
  controls: [],
  subprocessors: [],
  reveals: [],
})
