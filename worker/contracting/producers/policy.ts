import type { PassportContent } from '../passport/contract.ts'
import type { CredentialView, ProducerInvitationView } from './contract.ts'

const DAY_MS = 86_400_000

/** An end that was asked to part has so long to answer; unanswered, the release is granted: nobody is held by silence. */
export const RELEASE_MS = 14 * DAY_MS

/** What became of an invitation. Whether one has expired is a matter of the clock alone. */
export function producerInvitationState(row: { acceptedAt: number | null; revokedAt: number | null; expiresAt: number }, now: number): ProducerInvitationView['state'] {
  if (row.acceptedAt !== null) return 'accepted'
  if (row.revokedAt !== null && row.revokedAt < row.expiresAt) return 'revoked'
  return row.expiresAt <= now ? 'expired' : 'open'
}

/** The copy of a link is one: its id, and with it the path of its salt, follows from the link's. */
export const copyIdOf = (linkId: string): string => `cop_${linkId.slice(4)}`

/** What a list and a gate are told of the sealed content: that it is there. */
export const givenIn = ({ employment, voidedCheque }: PassportContent): { readonly hasEmployment: boolean; readonly hasCheque: boolean } => ({ hasEmployment: employment.length > 0, hasCheque: voidedCheque !== null })

/** What a version's document is there for. */
export type NamedDocument = { readonly sourceId: string; readonly what: 'voided_cheque' | 'explanation' }

/** The documents that a version names, each once: what it is named for first. */
export function namedDocuments({ voidedCheque, background }: PassportContent): NamedDocument[] {
  const named: NamedDocument[] = [...(voidedCheque === null ? [] : [{ sourceId: voidedCheque, what: 'voided_cheque' as const }]), ...background.flatMap(({ documents }) => documents.map((sourceId) => ({ sourceId, what: 'explanation' as const })))]
  return [...new Map(named.toReversed().map((each) => [each.sourceId, each])).values()].toReversed()
}

/** How much of a number or user name a list may show: four characters of a long one, two of a short one. */
export const tailOf = (value: string): string => value.slice(value.length >= 8 ? -4 : -2)

export function credentialState(row: { shownAt: number | null; revokedAt: number | null }): CredentialView['state'] {
  if (row.revokedAt !== null) return 'revoked'
  return row.shownAt === null ? 'waiting' : 'shown'
}

export type ReleaseEnd = 'fmo' | 'producer'

/** Who may give which answer: whoever asked takes it back, the other end grants or declines. */
export const mayAnswer = (askedBy: ReleaseEnd, end: ReleaseEnd, verdict: 'released' | 'declined' | 'withdrawn'): boolean => (verdict === 'withdrawn') === (askedBy === end)
