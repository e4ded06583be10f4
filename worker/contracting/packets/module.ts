import { defineEvent, meta } from '../../core/audit/event.ts'
import type { LimitRule, RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { requestKinds } from './contract.ts'

/** { parts, mapping } of a version. */
export const packetForm = {
  name: 'contracting.packet.form', table: 'packet_versions', column: 'content', class: 'content', scope: 'tenant',
  holds: ['fields of a carrier’s form', 'how each is filled'],
} as const satisfies SealedField

/** { title, carrier, places } of a filled packet. */
export const filledContent = {
  name: 'contracting.packet.filled', table: 'filled_packets', column: 'content', class: 'content', scope: 'tenant',
  holds: ['names of packet and carrier', 'where the signature goes'],
} as const satisfies SealedField

/** Kind of the salt that a signed file stands under besides the root, by its signature: one that reached no carrier dies with the link. */
export const SIGNATURE_SALT = 'signature'

/** { name, ip, userAgent, consent } of a signature. */
export const signatureContent = {
  name: 'contracting.signature.content', table: 'packet_signatures', column: 'content', class: 'content', scope: 'tenant',
  holds: ['signer’s name', 'IP address and browser', 'which consent was given'],
} as const satisfies SealedField

/** { title, carrier, fmo } of a packet offered to a producer. */
export const offerContent = {
  name: 'contracting.offer.content', table: 'packet_offers', column: 'content', class: 'content', scope: 'tenant',
  holds: ['names of packet, carrier and FMO'],
} as const satisfies SealedField

export const rights = {
  readPackets: { right: 'packet.read', says: 'See carriers’ packets and what was filled and signed', atLeast: 'member', claims: ['CIQ-09'] },
  writePackets: { right: 'packet.write', says: 'Define carriers’ packets: forms, mapping, versions', atLeast: 'admin' },
  fillPacket: { right: 'packet.fill', says: 'Fill a packet from a producer’s passport and offer it for signature', atLeast: 'admin', claims: ['CIQ-09', 'CIQ-57'] },
  readOffers: { right: 'packet.offered', says: 'See the packets that FMOs filled for this producer', atLeast: 'admin' },
  signPacket: { right: 'packet.sign', says: 'Sign a packet', atLeast: 'owner', claims: ['CIQ-11'] },
} as const satisfies Record<string, RightDeclaration>

const kinds = meta.oneOf(['any', ...(Object.keys(requestKinds) as (keyof typeof requestKinds)[])]) // `as`: the keys of a const object
const version = { version: meta.id(), number: meta.count() }

export const packetAdded = defineEvent('contracting.packet.added', 'A packet of a carrier was begun.', { carrier: meta.id(), kind: kinds })
export const packetFormAttached = defineEvent('contracting.packet.form_attached', 'A PDF form was read and put into the draft of a packet.', { ...version, document: meta.id(), fields: meta.count(), pages: meta.count() })
export const packetMapped = defineEvent('contracting.packet.mapped', 'How the fields of a packet are filled was changed.', { ...version, rules: meta.count(), digest: meta.digest() })
export const packetPublished = defineEvent('contracting.packet.published', 'A version of a packet was published: packets are filled from it from now on.', { ...version, digest: meta.digest() })
export const packetRetired = defineEvent('contracting.packet.retired', 'A packet was retired: nothing is filled from it any more.', {})
export const packetGenerated = defineEvent('contracting.packet.generated', 'A packet was filled from a producer’s passport for a request, and stored encrypted.', {
  packet: meta.id(), version: meta.id(), request: meta.id(), carrier: meta.id(), link: meta.id(), passport: meta.id(), basis: meta.digest(), pages: meta.count(), replaces: meta.id().optional(),
})
export const packetSigned = defineEvent('contracting.packet.signed', 'A producer signed a packet; it was flattened, sealed and stored.', {
  signature: meta.id(), request: meta.id(), carrier: meta.id(), link: meta.id(), basis: meta.digest(), sha256: meta.digest(), copy: meta.digest(), seal: meta.digest(), copy_seal: meta.digest(), how: meta.oneOf(['typed', 'drawn']), consent: meta.count(),
})

/** In the producer's log, each by a follower of what happened at the FMO. */
export const packetOffered = defineEvent('contracting.packet.offered', 'An FMO filled a packet and asks for its signature.', { fmo: meta.id(), request: meta.id(), basis: meta.digest() })
export const signatureNoted = defineEvent('contracting.signature.noted', 'The signed packet was sealed at the FMO; its masked copy arrived.', { fmo: meta.id(), request: meta.id(), sha256: meta.digest() })

/** In the deployment's own log, whose checkpoint is public: a digest and no name. */
export const fileSealed = defineEvent('contracting.file.sealed', 'A file was sealed; its digest stands here and nothing else.', { sha256: meta.digest(), seal: meta.digest() })

export const limits = {
  verify: { name: 'verify_file', says: 'Files asked about from one address', per: 'ip', quota: 60, windowS: 60 },
} as const satisfies Record<string, LimitRule>

/** Carriers' packets: forms and their mapping, filling, signing, sealing. */
export const packetsArea = {
  rights: Object.values(rights),
  sealedFields: [packetForm, filledContent, signatureContent, offerContent],
  events: [packetAdded, packetFormAttached, packetMapped, packetPublished, packetRetired, packetGenerated, packetSigned, packetOffered, signatureNoted, fileSealed],
  limits: Object.values(limits),
  retention: [
    { name: 'packets', what: 'Carriers’ packets and their versions', enters: 'Defined by an FMO’s admin', sealedIn: [packetForm.name], keep: { life: 'tenant' }, then: 'deleted' },
    { name: 'filled_packets', what: 'Filled packets, and signatures with who, when and from where', enters: 'Filled for a request; signed by its producer', sealedIn: [filledContent.name, signatureContent.name], keep: { life: 'tenant' }, then: 'deleted' },
    { name: 'packet_offers', what: 'A producer’s own record of packets it was asked to sign', enters: 'Followed from the FMO that filled them', sealedIn: [offerContent.name], keep: { life: 'tenant' }, then: 'deleted' },
  ],
  controls: [
    {
      id: 'contracting.seal', name: 'Signed packets carry a seal that anyone can verify', status: 'active', probe: 'contracting.seal',
      how: 'A signed packet is flattened, gets a page that tells who signed it, when and from where, and is sealed as PAdES B-B by this deployment. Its digest stands in the public log: whoever drops the file on /verify learns whether a byte of it changed since, and nothing else. The level says whose word the time is: our own.',
      enforcedBy: ['worker/contracting/packets/sign-packet.ts', 'worker/contracting/packets/pdf/seal-pdf.ts', 'worker/contracting/packets/verify-file.ts'],
      claims: ['CIQ-09', 'CIQ-11', 'CIQ-57'], frameworks: ['CC6.1', 'CC7.2'],
    },
  ],
  reveals: [],
} as const satisfies AreaDeclarations

/** Retention rules that no sweep carries out, and who does. */
export const packetsKeptElsewhere = { packets: 'the destruction of a closed tenant', filled_packets: 'the destruction of a closed tenant', packet_offers: 'the destruction of a closed tenant' } as const
