import canonicalize from 'canonicalize'
import type { EventActor, EventBody, RecordedEvent } from './audit/event.ts'
import { signOutboxRow } from './audit/outbox-mac.ts'
import type { OutboxRow } from './tenancy/tenant-db.ts'
import { sha256Hex } from './vault/digest.ts'
import type { TenantVault } from './vault/tenant-vault.ts'

/** What every event of one request shares. */
export type Recorder = {
  readonly tenant: string
  readonly actor: EventActor
  readonly now: number
  readonly newId: (prefix: string) => string
  /** The vault whose `audit` root signs the rows: the tenant's, or the deployment's for the directory. */
  readonly vault: TenantVault
  /** The sealed personal part of this request, or null for jobs. With a typed reason it is sealed anew. */
  readonly personal: (reason: string | null) => Promise<string | null>
}

/** Recorded events as rows for the outbox: canonical body (RFC 8785), sealed personal part, MAC under the `audit` root. */
export const outboxRows = (recorder: Recorder, events: readonly RecordedEvent[]): Promise<OutboxRow[]> =>
  Promise.all(
    events.map(async (event) => {
      const personal = await recorder.personal(event.reason)
      const id = recorder.newId('evt')
      const body: EventBody = {
        v: 1,
        id,
        tenant: recorder.tenant,
        name: event.name,
        subject: event.subject,
        actor: recorder.actor,
        at: recorder.now,
        meta: event.meta,
        personal: personal === null ? null : await sha256Hex(personal),
      }
      const row = { id, body: canonicalize(body) ?? '', personal } // canonicalize answers undefined for undefined only
      return { ...row, mac: await signOutboxRow(recorder.vault, row), at: recorder.now, urgent: event.urgent }
    }),
  )
