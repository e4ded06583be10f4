import type { Sweep } from '../../core/retention/sweep.ts'
import { sweepShards } from '../../core/retention/sweep-rows.ts'
import { producerInvitationsBefore } from './invitation-store.ts'
import { openingsBefore } from './link-store.ts'

/** What carries out this area's rules of retention. */
export const producerSweeps: readonly Sweep[] = [
  sweepShards('producer_invitations', (now, keepMs) => [producerInvitationsBefore(now - keepMs)]),
  sweepShards('copy_openings', (now, keepMs) => [openingsBefore(now - keepMs)]),
]

/** Rules that are carried out elsewhere, and by whom. */
export const producersKeptElsewhere: Readonly<Record<string, string>> = {
  producer_links: 'the destruction of a closed tenant',
  passport_copies: 'the release, in its own batch, and the erasure that follows it',
  copied_documents: 'the newer version that names them no more, the release, and the purge of documents within the hour',
  issued_credentials: 'the showing or revoking of the credential, and the release',
}
