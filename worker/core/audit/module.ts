import { originField } from '../origin.ts'
import { defineModule, type RightDeclaration } from '../module.ts'
import { checkpointed, exported, forged, gap, opened, personalErased, retired, sealedForGood, sourceRewound } from './events.ts'

export const rights = {
  readAudit: { right: 'audit.read', says: 'Read the audit log', atLeast: 'admin', policy: 'perm.audit_view', keyScope: 'audit.read', claims: ['IFD-100', 'SPO-46', 'CIQ-64', 'CLN-43'] },
  openEntry: { right: 'audit.open_entry', says: 'Open the sealed part of an entry: address, browser, reason', atLeast: 'admin', policy: 'perm.audit_view', stepUp: 'recent', claims: ['CLN-41'] },
  exportAudit: { right: 'audit.export', says: 'Export the audit log', atLeast: 'admin', policy: 'perm.export', stepUp: 'exact', claims: ['IFD-101', 'CLN-44', 'SPO-48'] },
} as const satisfies Record<string, RightDeclaration>

/** The log of record: who reads it, what it says of itself, how long it is kept. */
export const auditModule = defineModule({
  name: 'audit',
  rights: Object.values(rights),
  sealedFields: [{ ...originField, table: 'outbox', column: 'personal', holds: ['IP address', 'browser', 'typed reason'], scope: 'platform' }],
  events: [forged, gap, sourceRewound, retired, sealedForGood, checkpointed, opened, exported, personalErased],
  limits: [],
  retention: [
    { name: 'audit entries', what: 'Entries of the audit log; their hashes stay', enters: 'Committed in the batch of each change', keep: { policy: 'audit.retention_years' }, then: 'deleted', claims: ['CIQ-63', 'IFD-102', 'SPO-47', 'CAL-62'] },
    { name: 'audit origins', what: 'IP address, browser and reason beside an entry', enters: 'Sealed at the door when a person acts', sealedIn: [originField.name], keep: { policy: 'audit.ip_days' }, then: 'deleted' },
    { name: 'audit origin keys', what: 'The key of a person and a month under which those lie sealed, in copies too; as long as the longest policy of any tenant, where one is longer', enters: 'Made when a person first acts in a month', keep: { ms: 365 * 86_400_000 }, then: 'key destroyed' },
  ],
  controls: [
    {
      id: 'audit.append_only',
      name: 'Append-only audit log',
      status: 'active',
      how: 'Each event commits with its change, is handed once and in order to the tenant’s log object, and is linked there to the one before. Triggers refuse UPDATE, DELETE and REPLACE.',
      enforcedBy: ['durable-objects/audit-append.ts', 'durable-objects/audit-tables.ts', 'worker/core/audit/drain-outbox.ts'],
      probe: 'audit.triggers',
      claims: ['CIQ-55', 'CIQ-62', 'CLN-34', 'IFD-88', 'SPO-45', 'CAL-34'],
      frameworks: ['CC7.2', 'CC7.3'],
    },
    {
      id: 'audit.signed',
      name: 'Signed checkpoints of the log',
      status: 'active',
      how: 'A Merkle tree (RFC 6962) over all entries; at most a minute after an entry its root is signed (Ed25519, C2SP checkpoint) and kept apart from the log. Anyone with the public key can verify an export offline.',
      enforcedBy: ['durable-objects/audit-signing.ts', 'durable-objects/audit-verifying.ts', 'durable-objects/chain-tree.ts'],
      probe: 'audit.checkpoint',
      claims: ['CIQ-55', 'CIQ-62'],
      frameworks: ['CC7.2'],
    },
  ],
  subprocessors: [],
  reveals: [],
})
