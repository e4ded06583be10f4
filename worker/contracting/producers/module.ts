import { defineEvent, meta } from '../../core/audit/event.ts'
import { documentContent, documentKey } from '../../core/documents/module.ts'
import type { LimitRule, RevealDeclaration, RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { passportSecret } from '../passport/module.ts'

/** An invited producer's { name, email }, as the FMO typed it. */
export const producerInvitationContact = {
  name: 'contracting.producer_invitation.contact', table: 'producer_invitations', column: 'contact', class: 'contact', scope: 'tenant',
  holds: ['name', 'e-mail address'], blindIndex: ['e-mail address'],
} as const satisfies SealedField

/** Column of the blind index over an invited producer's address. */
export const PRODUCER_EMAIL = 'contracting.producer_invitation.email'

/** Whom a link leads to: { name, email } of the producer as the FMO knows it; at the producer's end, the FMO's name. */
export const linkContact = {
  name: 'contracting.link.contact', table: 'producer_links', column: 'contact', class: 'contact', scope: 'tenant',
  holds: ['name', 'e-mail address'],
} as const satisfies SealedField

/** Kind of the salts that copies stand under: destroying one is the erasure that a release promises. */
export const LINK_SALT = 'link'

const copied = { table: 'passport_copies', scope: 'tenant', salt: LINK_SALT } as const
export const copyContact = { ...copied, name: 'contracting.copy.contact', column: 'contact', class: 'contact', holds: ['name', 'e-mail address', 'telephone number', 'addresses', 'date of birth'] } as const satisfies SealedField
export const copySecret = { ...copied, name: 'contracting.copy.secret', column: 'secret', class: 'secret', holds: ['SSN', 'EIN', 'routing number', 'account number'], keeps: ['SSN', 'routing number', 'account number'] } as const satisfies SealedField
export const copyContent = { ...copied, name: 'contracting.copy.content', column: 'content', class: 'content', holds: ['background answers', 'employment', 'licence numbers', 'appointments'] } as const satisfies SealedField

/** Who opened a copy and why: { who, reason }. */
export const openingContent = { name: 'contracting.opening.content', table: 'copy_openings', column: 'content', class: 'content', scope: 'tenant', holds: ['name of who opened it', 'reason'] } as const satisfies SealedField
/** Why an end wants to part, and what the other answered: { reason, answer }. */
export const releaseContent = { name: 'contracting.release.content', table: 'releases', column: 'content', class: 'content', scope: 'tenant', holds: ['reason', 'answer'] } as const satisfies SealedField
/** A writing number or log-in: { value, password }. */
export const credentialSecret = { name: 'contracting.credential.secret', table: 'issued_credentials', column: 'secret', class: 'secret', scope: 'tenant', holds: ['writing number or user name', 'password'], keeps: ['writing number or user name'] } as const satisfies SealedField

export const rights = {
  invite: { right: 'producer.invite', says: 'Invite producers and take invitations back', atLeast: 'admin', stepUp: 'recent', claims: ['CIQ-14'] },
  readProducers: { right: 'producer.read', says: 'See the producers and what may be read without opening anything', atLeast: 'admin', claims: ['CIQ-44'] },
  openCopy: { right: 'producer.open', says: 'Open the copy of a producer’s passport, with a reason that the producer reads', atLeast: 'admin', stepUp: 'recent', claims: ['CIQ-44'] },
  exportRoster: { right: 'producer.export', says: 'Export the list of producers', atLeast: 'admin', policy: 'perm.export', stepUp: 'recent' },
  askRelease: { right: 'release.ask', says: 'Ask the other side to part', atLeast: 'admin', stepUp: 'recent', claims: ['CIQ-15'] },
  answerRelease: { right: 'release.answer', says: 'Grant, decline or take back a release', atLeast: 'admin', stepUp: 'recent', claims: ['CIQ-15'] },
  issueCredential: { right: 'credential.issue', says: 'Give writing numbers and log-ins to producers and revoke them', atLeast: 'admin', stepUp: 'recent', claims: ['CIQ-16'] },
  readFmos: { right: 'fmo.read', says: 'See the FMOs one works with, and who opened what', atLeast: 'admin' },
  showCredential: { right: 'credential.show', says: 'See a credential, once', atLeast: 'owner', stepUp: 'exact', claims: ['CIQ-16'] },
} as const satisfies Record<string, RightDeclaration>

const purpose = meta.oneOf(['review', 'contracting', 'support', 'compliance', 'packet'])
const parts = meta.fields()
const end = meta.oneOf(['fmo', 'producer'])
const credential = { link: meta.id(), kind: meta.oneOf(['writing_number', 'portal_login']) }

// The FMO's log.
export const invitationSent = defineEvent('contracting.invitation.sent', 'A producer was invited.', {})
export const invitationTakenBack = defineEvent('contracting.invitation.revoked', 'A producer’s invitation was taken back.', {}, { urgent: true })
export const invitationAccepted = defineEvent('contracting.invitation.accepted', 'A producer accepted an invitation: a link between the two tenants began.', { link: meta.id(), producer: meta.id() })
export const copyMade = defineEvent('contracting.copy.made', 'A version of a linked producer’s passport was copied, under the link’s own key.', { link: meta.id(), version: meta.id(), number: meta.count() })
export const copyRead = defineEvent('contracting.copy.read', 'Somebody opened the copy of a producer’s passport.', { link: meta.id(), opening: meta.id(), purpose, parts, number: meta.count() }, { read: true })
export const documentCopied = defineEvent('contracting.document.copied', 'A document that a linked producer’s passport names was copied, under a key of its own that dies with the link’s.', { link: meta.id(), version: meta.id(), what: meta.oneOf(['voided_cheque', 'explanation']) })
export const documentsNamed = defineEvent('contracting.documents.named', 'The documents that an older copy of a passport names were noted; their copies follow.', { link: meta.id(), version: meta.id(), documents: meta.count() })
export const copyDestroyed = defineEvent('contracting.copy.destroyed', 'The key of a released producer’s copy was destroyed and found gone: no copy of it can be opened again, backups included.', { link: meta.id() }, { urgent: true })
export const releaseRequested = defineEvent('contracting.release.requested', 'One end of a link asked to part.', { link: meta.id(), by: end })
export const releaseDeclined = defineEvent('contracting.release.declined', 'A release was declined: the link goes on.', { link: meta.id() })
export const releaseWithdrawn = defineEvent('contracting.release.withdrawn', 'Whoever asked for a release took the question back.', { link: meta.id() })
export const releaseIssued = defineEvent('contracting.release.issued', 'A producer was released: the link ended and the copy went with it.', { link: meta.id(), by: meta.oneOf(['fmo', 'producer', 'deadline']) }, { urgent: true })
export const credentialIssued = defineEvent('contracting.credential.issued', 'A credential was given to a producer.', credential)
export const credentialRevealed = defineEvent('contracting.credential.revealed', 'A producer saw its credential, the one time that it is shown.', credential, { read: true })
export const credentialRevoked = defineEvent('contracting.credential.revoked', 'A credential was revoked.', credential, { urgent: true })
export const producerGone = defineEvent('contracting.producer.gone', 'A producer’s own tenant was destroyed: the link ended and the copy went with it.', { link: meta.id() }, { urgent: true })
export const rosterExported = defineEvent('contracting.roster.exported', 'The list of producers was exported.', { rows: meta.count() }, { read: true })

// The producer's log, each by a follower of what happened at the FMO.
export const fmoLinked = defineEvent('contracting.fmo.linked', 'A link to an FMO began.', { fmo: meta.id() })
export const fmoUnlinked = defineEvent('contracting.fmo.unlinked', 'The link to an FMO ended: it has lost the passport.', { fmo: meta.id() }, { urgent: true })
export const passportCopied = defineEvent('contracting.passport.copied', 'An FMO holds a copy of a submitted version.', { fmo: meta.id(), number: meta.count() })
export const passportRead = defineEvent('contracting.passport.read', 'Somebody at an FMO opened its copy of the passport.', { fmo: meta.id(), opening: meta.id(), by: meta.id().optional(), purpose, parts, number: meta.count() }, { read: true })
export const releaseNoted = defineEvent('contracting.release.noted', 'A release moved on.', { fmo: meta.id(), state: meta.oneOf(['requested', 'declined', 'withdrawn', 'released']) })
export const credentialNoted = defineEvent('contracting.credential.noted', 'A credential from an FMO arrived, was shown or was revoked.', { fmo: meta.id(), state: meta.oneOf(['waiting', 'shown', 'revoked']) })

/** What opens the four secrets of a copy, or a credential. */
export const reveals = {
  copyPassport: { verb: 'contracting.copy_passport', field: passportSecret.name, reveals: true, says: 'Opened where a submitted version is copied to a linked FMO, into the copy’s own sealed columns; nobody is shown them.' },
  fillPacket: { verb: 'contracting.fill_packet', field: copySecret.name, reveals: true, says: 'Opened while a packet is filled, into the encrypted file alone; nobody is shown them.' },
  showCredential: { verb: rights.showCredential.right, field: credentialSecret.name, reveals: true, says: 'Shown to its producer once, with a proof for that very credential.' },
} as const satisfies Record<string, RevealDeclaration>

export const limits = {
  invitations: { name: 'producer_invitations', says: 'Producers invited by one tenant', per: 'tenant', quota: 400, windowS: 86_400 },
  openings: { name: 'copy_openings', says: 'Copies of passports opened by one person', per: 'account', quota: 120, windowS: 3600 },
} as const satisfies Record<string, LimitRule>

/** The FMO's side of producers: inviting, links, copies, releases, credentials. */
export const producersArea = {
  rights: Object.values(rights),
  sealedFields: [producerInvitationContact, linkContact, copyContact, copySecret, copyContent, openingContent, releaseContent, credentialSecret],
  events: [
    invitationSent, invitationTakenBack, invitationAccepted, copyMade, documentCopied, documentsNamed, copyRead, copyDestroyed, releaseRequested, releaseDeclined, releaseWithdrawn, releaseIssued, credentialIssued, credentialRevealed,
    credentialRevoked, producerGone, rosterExported, fmoLinked, fmoUnlinked, passportCopied, passportRead, releaseNoted, credentialNoted,
  ],
  limits: Object.values(limits),
  retention: [
    { name: 'producer_invitations', what: 'Invitations of producers, after they expired', enters: 'Typed or imported by an FMO’s admin', sealedIn: [producerInvitationContact.name], keep: { ms: 90 * 86_400_000 }, then: 'deleted' },
    { name: 'producer_links', what: 'That an FMO and a producer work or worked together, their releases, and credentials without their secrets', enters: 'Accepted, asked and answered by the two', sealedIn: [linkContact.name, releaseContent.name], keep: { life: 'tenant' }, then: 'key destroyed' },
    { name: 'passport_copies', what: 'An FMO’s copy of a producer’s passport', enters: 'Copied when a linked producer submits a version', sealedIn: [copyContact.name, copySecret.name, copyContent.name], keep: { life: 'link' }, then: 'key destroyed', claims: ['CIQ-15'] },
    { name: 'copied_documents', what: 'An FMO’s copies of the documents that a producer’s passport names', enters: 'Copied after the version that names them, each under a key of its own that the link’s is needed for', sealedIn: [documentContent.name, documentKey.name], keep: { life: 'link' }, then: 'key destroyed', claims: ['CIQ-15'] },
    { name: 'copy_openings', what: 'Who opened a copy, when and why', enters: 'Written with each opening, at both ends', sealedIn: [openingContent.name], keep: { ms: 3 * 365 * 86_400_000 }, then: 'deleted' },
    { name: 'issued_credentials', what: 'The secret part of a credential', enters: 'Typed by an FMO’s admin', sealedIn: [credentialSecret.name], keep: { life: 'link' }, then: 'deleted', claims: ['CIQ-16'] },
  ],
  controls: [
    {
      id: 'contracting.release', name: 'A release destroys the copy, not the passport', status: 'active', probe: 'contracting.release',
      how: 'A passport lives with its producer; an FMO holds a copy under a key of that one link. A release ends the FMO’s access in the same step, destroys that key and reads it back as gone, so that no backup can bring the copy back. Every opening before that stands in both logs.',
      enforcedBy: ['worker/contracting/producers/answer-release.ts', 'worker/contracting/producers/erase-copy.ts', 'worker/contracting/producers/opening.ts'],
      claims: ['CIQ-15', 'CIQ-44'], frameworks: ['CC6.1', 'CC6.5'],
    },
  ],
  reveals: Object.values(reveals),
} as const satisfies AreaDeclarations
