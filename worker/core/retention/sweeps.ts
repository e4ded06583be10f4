import { aiKeptElsewhere } from '../ai/module.ts'
import { purgeDocuments } from '../documents/purge-documents.ts'
import { tenantsWithDueDocuments } from '../documents/store.ts'
import { hooksKeptElsewhere } from '../hooks/module.ts'
import { hookEventsBefore } from '../hooks/store.ts'
import type { Sweep } from './sweep.ts'
import { sweepOriginKeys } from './sweep-origin-keys.ts'
import { sweepAuthLog, sweepDirectory, sweepShards } from './sweep-rows.ts'
import { sweepTenants } from './sweep-tenants.ts'
import { deliveriesDue, idempotencyDue, invitationsBefore, jobRunsBefore, platformDeliveriesDue, probeReadingsBefore, settledStates, signUpsBefore } from './store.ts'

/** The core's sweeps, each for one rule of a manifest. A module adds its own to the list in worker/modules.ts. */
export const coreSweeps: readonly Sweep[] = [
  sweepAuthLog('auth_log.success', 'success'),
  sweepAuthLog('auth_log.failure', 'failure'),
  // Rows that carry their own end: nothing is added to it.
  sweepDirectory('sign_ups', (now) => [signUpsBefore(now)]),
  sweepDirectory('probe_readings', (now, keepMs) => [probeReadingsBefore(now - keepMs)]),
  sweepDirectory('job_runs', (now, keepMs) => [jobRunsBefore(now - keepMs)]),
  sweepDirectory('platform_deliveries', (now) => settledStates.map((state) => platformDeliveriesDue(now, state))),
  sweepShards('deliveries', (now) => settledStates.map((state) => deliveriesDue(now, state))),
  sweepShards('idempotency', (now) => [idempotencyDue(now)]),
  sweepShards('invitations', (now, keepMs) => [invitationsBefore(now - keepMs)]),
  sweepShards('webhook_events', (now, keepMs) => [hookEventsBefore(now - keepMs)]),
  sweepOriginKeys,
  // One look finds both: trash whose time is over, and announced uploads that never came.
  sweepTenants('trashed_documents', { tenants: tenantsWithDueDocuments, remove: purgeDocuments, atMost: 100 }),
]

/** Rules that are carried out elsewhere, and by whom: a rule without a sweep that is not here fails a test. */
export const keptElsewhere: Readonly<Record<string, string>> = {
  ...aiKeptElsewhere,
  ...hooksKeptElsewhere,
  awaited_documents: 'the sweep of trashed_documents, which looks at whatever is due of documents',
  documents: 'the destruction of a closed tenant',
  tenants: 'the destruction of a closed tenant, after its grace period',
  members: 'leaving, or being removed',
  accounts: 'the closing of the account, by its person',
  devices: 'the account’s guard, each time it remembers a place',
  'audit entries': 'the log’s own object, by its alarm',
  'audit origins': 'the log’s own object, by its alarm',
}
