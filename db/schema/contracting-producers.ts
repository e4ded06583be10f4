import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** Which end of a link a tenant's row is. The FMO's end is the truth; the producer's follows it. */
const side = () => text('side', { enum: ['fmo', 'producer'] }).notNull()

/** A signed, single-use, expiring offer to a producer. Lies with the FMO alone. */
export const producerInvitations = sqliteTable(
  'producer_invitations',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Sealed { name, email }. */
    contact: sealed('contact').notNull(),
    sealVersion: sealVersion(),
    /** Blind index of the address, so that one address has one open invitation. */
    emailIndex: text('email_index').notNull(),
    /** SHA-256 of the token in the mailed link. */
    tokenHash: text('token_hash').notNull(),
    invitedBy: text('invited_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    /** The link that came of it. */
    linkId: text('link_id'),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('producer_invitations_created').on(table.tenantId, table.createdAt, table.id),
    uniqueIndex('producer_invitations_open').on(table.tenantId, table.emailIndex).where(sql`accepted_at IS NULL AND revoked_at IS NULL`),
    index('producer_invitations_expires').on(table.expiresAt),
    index('producer_invitations_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** That an FMO and a producer work together, under the same id in both tenants. An ended one stays as history. */
export const producerLinks = sqliteTable(
  'producer_links',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    side: side(),
    /** The tenant at the other end. */
    otherId: text('other_id').notNull(),
    /** Sealed { name, email }: whom the FMO invited; at the producer's end, what the FMO calls itself. */
    contact: sealed('contact').notNull(),
    sealVersion: sealVersion(),
    state: text('state', { enum: ['active', 'ended'] }).notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    /** The number of the passport's version that the FMO has a copy of; null before the first. */
    copiedNumber: integer('copied_number'),
    /** When the copy's salt was destroyed and found gone. */
    erasedAt: instant('erased_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    /** Two tenants have one link at a time; a released producer may come back under a new one. */
    uniqueIndex('producer_links_active').on(table.tenantId, table.side, table.otherId).where(sql`state = 'active'`),
    index('producer_links_listed').on(table.tenantId, table.side, table.state, table.startedAt, table.id),
    index('producer_links_other').on(table.otherId, table.state),
    index('producer_links_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/**
 * The newest submitted version of a linked producer's passport, in the FMO's shard. Its sealed columns stand under the
 * link's own salt, whose destruction makes every copy of this row unreadable.
 */
export const passportCopies = sqliteTable(
  'passport_copies',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    linkId: text('link_id').notNull(),
    passportId: text('passport_id').notNull(),
    versionId: text('version_id').notNull(),
    number: integer('number').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    copiedAt: instant('copied_at').notNull(),
    contact: sealed('contact').notNull(),
    secret: sealed('secret').notNull(),
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    kind: text('kind', { enum: ['individual', 'business'] }).notNull(),
    npn: text('npn'),
    ssnLast4: text('ssn_last4'),
    routingLast4: text('routing_last4'),
    accountLast4: text('account_last4'),
    accountType: text('account_type', { enum: ['checking', 'savings'] }),
    hasEin: integer('has_ein', { mode: 'boolean' }).notNull(),
    coverCarrier: text('cover_carrier'),
    /** Days, `2027-03-31`. */
    coverExpiresOn: text('cover_expires_on'),
    amlOn: text('aml_on'),
    ceDueOn: text('ce_due_on'),
    /** Whether what carriers may ask for besides is in the sealed content. */
    hasEmployment: integer('has_employment', { mode: 'boolean' }).notNull().default(false),
    hasCheque: integer('has_cheque', { mode: 'boolean' }).notNull().default(false),
    /** False for a copy made before documents were copied: which ones it names is still to be noted. */
    documentsNamed: integer('documents_named', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    index('passport_copies_unnamed').on(table.tenantId).where(sql`documents_named = 0`),
    uniqueIndex('passport_copies_link').on(table.tenantId, table.linkId),
    index('passport_copies_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** The licences of a copy as gates and lists ask for them. Their numbers lie sealed in the copy. */
export const copiedLicences = sqliteTable(
  'copied_licences',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    copyId: text('copy_id').notNull(),
    state: text('state').notNull(),
    /** Names of lines of authority, comma separated. */
    lines: text('lines').notNull(),
    issuedOn: text('issued_on'),
    expiresOn: text('expires_on'),
    resident: integer('resident', { mode: 'boolean' }).notNull(),
    status: text('status', { enum: ['active', 'pending', 'inactive', 'revoked'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.copyId], foreignColumns: [passportCopies.tenantId, passportCopies.id] }),
    index('copied_licences_copy').on(table.tenantId, table.copyId, table.state),
    ofTenant(table.tenantId),
  ],
)

/**
 * A document that the copied version of a passport names, and the FMO's own held document that is its copy. The row is made
 * with the version's copy, before any byte is: whatever of an interrupted copying lies in the bucket lies under a document that is named here.
 */
export const copiedDocuments = sqliteTable(
  'copied_documents',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    linkId: text('link_id').notNull(),
    /** The version that named it first. */
    versionId: text('version_id').notNull(),
    what: text('what', { enum: ['voided_cheque', 'explanation'] }).notNull(),
    /** The document in the producer's own tenant. */
    sourceId: text('source_id').notNull(),
    /** The held document here. There is none of this id before `copied_at`. */
    documentId: text('document_id').notNull(),
    size: integer('size'),
    mediaType: text('media_type'),
    copiedAt: instant('copied_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    uniqueIndex('copied_documents_source').on(table.tenantId, table.linkId, table.sourceId),
    uniqueIndex('copied_documents_document').on(table.tenantId, table.documentId),
    ofTenant(table.tenantId),
  ],
)

/** That somebody opened what is sealed in a copy: kept by the FMO, and by follower with the producer whose data it is. */
export const copyOpenings = sqliteTable(
  'copy_openings',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    side: side(),
    linkId: text('link_id').notNull(),
    /** Which version of the passport was seen. */
    number: integer('number').notNull(),
    purpose: text('purpose', { enum: ['review', 'contracting', 'support', 'compliance', 'packet'] }).notNull(),
    /** Names of the classes that were opened, comma separated. */
    parts: text('parts').notNull(),
    /** Sealed { who, reason }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    openedAt: instant('opened_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    index('copy_openings_listed').on(table.tenantId, table.side, table.openedAt, table.id),
    index('copy_openings_link').on(table.tenantId, table.linkId, table.openedAt),
    index('copy_openings_opened').on(table.openedAt),
    index('copy_openings_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** That one end asked to part, and what became of it. Under the same id in both tenants. */
export const releases = sqliteTable(
  'releases',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    side: side(),
    linkId: text('link_id').notNull(),
    askedBy: text('asked_by', { enum: ['fmo', 'producer'] }).notNull(),
    state: text('state', { enum: ['requested', 'declined', 'withdrawn', 'released'] }).notNull(),
    askedAt: instant('asked_at').notNull(),
    /** Unanswered until then, it is granted. */
    dueAt: instant('due_at').notNull(),
    answeredAt: instant('answered_at'),
    answeredBy: text('answered_by', { enum: ['fmo', 'producer', 'deadline'] }),
    /** Sealed { reason, answer }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    /** One question at a time. */
    uniqueIndex('releases_open').on(table.tenantId, table.linkId).where(sql`state = 'requested'`),
    index('releases_due').on(table.state, table.side, table.dueAt),
    index('releases_link').on(table.tenantId, table.linkId, table.askedAt),
    index('releases_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** A writing number or portal log-in given to a producer. The secret lies with the FMO until it was shown, once. */
export const issuedCredentials = sqliteTable(
  'issued_credentials',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    side: side(),
    linkId: text('link_id').notNull(),
    kind: text('kind', { enum: ['writing_number', 'portal_login'] }).notNull(),
    /** What it is for: a carrier's name. */
    label: text('label').notNull(),
    /** The end of the number or user name, by which a list tells one from another. */
    tail: text('tail').notNull(),
    /** Sealed { value, password }; null once it was shown or revoked, and always at the producer's end. */
    secret: sealed('secret'),
    sealVersion: sealVersion(),
    issuedAt: instant('issued_at').notNull(),
    issuedBy: text('issued_by').notNull(),
    shownAt: instant('shown_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    index('issued_credentials_link').on(table.tenantId, table.linkId, table.issuedAt),
    index('issued_credentials_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
