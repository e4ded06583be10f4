import type { AuditPage } from '../../../worker/core/audit/list-audit-entries.ts'
import { useClock } from '../../ui/clock.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { spanWords } from '../../ui/time-words.ts'
import { figure } from './audit-links.ts'

/** Longer than this and an event should have been sealed. */
const SEALED_WITHIN_MS = 60_000

/** How the log stands, in one chip or two: what is verified and signed, and what still waits. */
export function AuditStanding({ standing, waiting, reachable }: Pick<AuditPage, 'standing' | 'waiting' | 'reachable'>) {
  const now = useClock()
  const late = waiting.since !== null && now !== undefined && now - waiting.since > SEALED_WITHIN_MS ? now - waiting.since : null
  return (
    <>
      {!reachable ? (
        <StatusChip tone="bad">the log cannot be reached</StatusChip>
      ) : standing.brokenAt !== null ? (
        <StatusChip tone="bad">entry {figure(standing.brokenAt)} does not verify</StatusChip>
      ) : standing.refusal ? (
        <StatusChip tone="bad">not being signed</StatusChip>
      ) : standing.signedTo === 0 ? (
        <StatusChip tone="info">first checkpoint within a minute</StatusChip>
      ) : (
        <StatusChip tone="ok">chain verified to {figure(Math.min(standing.verifiedTo, standing.signedTo))}</StatusChip>
      )}
      {late !== null ? (
        <StatusChip tone="warn">
          {figure(waiting.events)} {waiting.events === 1 ? 'event waits' : 'events wait'} to be sealed since {spanWords(late)}
        </StatusChip>
      ) : null}
    </>
  )
}
