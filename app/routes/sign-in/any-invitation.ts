import { readProducerInvitation } from '../../../worker/contracting/producers/read-producer-invitation.ts'
import type { OfferReader } from '../../../worker/core/identity/oidc/join-with-oidc.ts'
import { readInvitation } from '../../../worker/core/tenancy/read-invitation.ts'

// A colleague's invitation and a producer's are answered with the same identities; a token says by its beginning whose it is.
const isProducers = (token: string): boolean => token.startsWith('cs_piv_')

export const readAnyInvitation: OfferReader = (visit, token) => (isProducers(token) ? readProducerInvitation(visit, token) : readInvitation(visit, token))

/** The page on which an invitation is taken up. */
export const invitationPath = (token: string): string => `/${isProducers(token) ? 'producer-invitation' : 'invitation'}/${token}`
