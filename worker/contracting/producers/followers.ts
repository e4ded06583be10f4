import type { Follower } from '../../core/audit/follower.ts'
import { tenantDestroyed } from '../../core/tenancy/module.ts'
import { passportSubmitted, passportUpdated } from '../passport/module.ts'
import { carryOpening } from './carry-opening.ts'
import { followLinks } from './carry-link.ts'
import { followDocuments } from './copy-documents.ts'
import { copySubmitted, copyToNewcomer } from './copy-submitted.ts'
import { endLapsedLinks } from './end-lapsed-links.ts'
import { followErasure } from './erase-copy.ts'
import { mailProducerInvitation } from './mail-producer-invitation.ts'
import { copyMade, copyRead, credentialIssued, credentialRevoked, credentialRevealed, documentsNamed, fmoLinked, invitationAccepted, invitationSent, producerGone, releaseDeclined, releaseIssued, releaseRequested, releaseWithdrawn } from './module.ts'
import { followCredentials } from './note-credential.ts'
import { followReleases } from './note-release.ts'

/** What happens at one end of a link reaches the other. */
export const producerFollowers: readonly (readonly [string, Follower])[] = [
  [invitationSent.eventName, mailProducerInvitation],
  [invitationAccepted.eventName, followLinks],
  [fmoLinked.eventName, copyToNewcomer],
  [passportSubmitted.eventName, copySubmitted],
  [passportUpdated.eventName, copySubmitted],
  [copyMade.eventName, followLinks],
  [copyMade.eventName, followDocuments],
  [documentsNamed.eventName, followDocuments],
  [copyRead.eventName, carryOpening],
  [releaseRequested.eventName, followReleases],
  [releaseDeclined.eventName, followReleases],
  [releaseWithdrawn.eventName, followReleases],
  [releaseIssued.eventName, followReleases],
  [releaseIssued.eventName, followErasure],
  [producerGone.eventName, followErasure],
  [credentialIssued.eventName, followCredentials],
  [credentialRevealed.eventName, followCredentials],
  [credentialRevoked.eventName, followCredentials],
  [tenantDestroyed.eventName, endLapsedLinks],
]
