import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { carriers } from './contracting-carriers.ts'
import { ofTenant } from './fence.ts'

/** A carrier's packet: what must be filled and signed to contract with it, for one kind of request or for any. */
export const packets = sqliteTable(
  'packets',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    carrierId: text('carrier_id').notNull(),
    name: text('name').notNull(),
    /** A kind of request, or `any`. */
    forKind: text('for_kind').notNull(),
    state: text('state', { enum: ['active', 'retired'] }).notNull(),
    /** The version that packets are filled from; null until one is published. */
    publishedId: text('published_id'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.carrierId], foreignColumns: [carriers.tenantId, carriers.id] }),
    index('packets_carrier').on(table.tenantId, table.carrierId, table.state),
    index('packets_listed').on(table.tenantId, table.createdAt, table.id),
    ofTenant(table.tenantId),
  ],
)

/** One version of a packet: its PDFs, their fields, and how each is filled. Once published it never changes. */
export const packetVersions = sqliteTable(
  'packet_versions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    packetId: text('packet_id').notNull(),
    number: integer('number').notNull(),
    state: text('state', { enum: ['draft', 'published'] }).notNull(),
    /** Sealed { parts, mapping }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    /** SHA-256 of the content in canonical form: what a signature names. */
    digest: text('digest').notNull(),
    /** Raised by every change of a draft. */
    edition: integer('edition').notNull(),
    pages: integer('pages').notNull(),
    fields: integer('fields').notNull(),
    mapped: integer('mapped').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.packetId], foreignColumns: [packets.tenantId, packets.id] }),
    uniqueIndex('packet_versions_number').on(table.tenantId, table.packetId, table.number),
    uniqueIndex('packet_versions_draft').on(table.tenantId, table.packetId).where(sql`state = 'draft'`),
    index('packet_versions_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** A packet filled for one request. The filled file is held back from everybody; what people see is its masked copy. */
export const filledPackets = sqliteTable(
  'filled_packets',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    requestId: text('request_id').notNull(),
    linkId: text('link_id').notNull(),
    /** The producer's own tenant, the one that may sign. */
    producerId: text('producer_id').notNull(),
    carrierId: text('carrier_id').notNull(),
    packetVersionId: text('packet_version_id').notNull(),
    passportVersionId: text('passport_version_id').notNull(),
    /** SHA-256 over packet, mapping, passport version, request and the copy that is shown: what a signature names. */
    basis: text('basis').notNull(),
    state: text('state', { enum: ['waiting', 'signed', 'replaced'] }).notNull(),
    /** Sealed { title, carrier, places }: where the signature goes. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    documentId: text('document_id').notNull(),
    reviewId: text('review_id').notNull(),
    pages: integer('pages').notNull(),
    filledBy: text('filled_by').notNull(),
    filledAt: instant('filled_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.packetVersionId], foreignColumns: [packetVersions.tenantId, packetVersions.id] }),
    /** A request has one packet that counts. */
    uniqueIndex('filled_packets_current').on(table.tenantId, table.requestId).where(sql`state <> 'replaced'`),
    index('filled_packets_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** A signature, with the sealed files it made. */
export const packetSignatures = sqliteTable(
  'packet_signatures',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    filledId: text('filled_id').notNull(),
    requestId: text('request_id').notNull(),
    /** Sealed { name, ip, userAgent, consent }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    accountId: text('account_id').notNull(),
    basis: text('basis').notNull(),
    /** The sealed file for the carrier and its masked twin: document, SHA-256 of the file. */
    documentId: text('document_id').notNull(),
    sha256: text('sha256').notNull(),
    copyId: text('copy_id').notNull(),
    copySha256: text('copy_sha256').notNull(),
    signedAt: instant('signed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.filledId], foreignColumns: [filledPackets.tenantId, filledPackets.id] }),
    uniqueIndex('packet_signatures_filled').on(table.tenantId, table.filledId),
    index('packet_signatures_request').on(table.tenantId, table.requestId),
    index('packet_signatures_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** In the producer's own tenant: a packet an FMO filled for it. Follows the FMO's row, under the same id. */
export const packetOffers = sqliteTable(
  'packet_offers',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    fmoId: text('fmo_id').notNull(),
    requestId: text('request_id').notNull(),
    basis: text('basis').notNull(),
    state: text('state', { enum: ['waiting', 'signed', 'replaced'] }).notNull(),
    /** Sealed { title, carrier, fmo }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    pages: integer('pages').notNull(),
    /** The masked copy, as a document of the producer's own. */
    reviewId: text('review_id').notNull(),
    /** The masked copy that was sealed with the signature, and its SHA-256. */
    signedId: text('signed_id'),
    signedSha256: text('signed_sha256'),
    offeredAt: instant('offered_at').notNull(),
    signedAt: instant('signed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('packet_offers_listed').on(table.tenantId, table.state, table.offeredAt, table.id),
    index('packet_offers_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
