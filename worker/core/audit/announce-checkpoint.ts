import canonicalize from 'canonicalize'
import type { SignedCheckpoint, Source, SourceRow } from '../../../durable-objects/audit-words.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { sha256Hex } from '../vault/digest.ts'
import { checkpointed } from './events.ts'
import type { EventBody } from './event.ts'

/**
 * Writes what a tenant's log signed into the deployment's own log, so that the one public checkpoint vouches for every
 * tenant's. The tenant's log is a source like any other: numbered, in order, each checkpoint once. Safe to repeat.
 */
export async function announceCheckpoint(reach: Reach, tenantId: string, now: number): Promise<void> {
  const source: Source = `chain:${tenantId}`
  let seen = await reach.chain.sealed(PLATFORM, source)
  for (;;) {
    const [newest, checkpoints] = await Promise.all([reach.chain.status(tenantId), reach.chain.checkpointsAfter(tenantId, seen.sealedN)])
    const high = newest.checkpoint?.seq ?? 0
    if (high === seen.sealedN) return
    const rows = await Promise.all(checkpoints.map((checkpoint) => sourceRow(tenantId, checkpoint)))
    // `high` may be newer than the list: a hole at the end would be no hole.
    const done = await reach.chain.append(PLATFORM, now, { source, seen, high, complete: false, rows })
    if (rows.length === 0 && !done.stale) return
    seen = done
  }
}

async function sourceRow(tenantId: string, { seq, id, size, note, at }: SignedCheckpoint): Promise<SourceRow> {
  const { name, subject, meta } = checkpointed(tenantId, { seq, size, note: await sha256Hex(note) })
  const body: EventBody = { v: 1, id, tenant: tenantId, name, subject, actor: { kind: 'system', id: 'audit-chain', role: null }, at, meta, personal: null }
  return { n: seq, id, body: canonicalize(body) ?? '', personal: null, genuine: true } // canonicalize answers undefined for undefined only
}
