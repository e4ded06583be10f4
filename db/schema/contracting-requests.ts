import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { carriers } from './contracting-carriers.ts'
import { producerLinks } from './contracting-producers.ts'
import { ofTenant } from './fence.ts'

/** What an FMO asks a carrier to do for one of its producers. Its state is the newest of its records; the row repeats it for lists. */
export const contractingRequests = sqliteTable(
  'contracting_requests',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['contract', 'add_state', 'hierarchy_change', 'transfer'] }).notNull(),
    carrierId: text('carrier_id').notNull(),
    /** The link between this FMO and the producer. */
    linkId: text('link_id').notNull(),
    /** Space-separated states asked for. */
    states: text('states').notNull(),
    /** Sealed { producer, upline }: whom it is for and under whom. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    state: text('state', { enum: ['draft', 'ready', 'signed', 'transmitted', 'accepted', 'returned', 'declined', 'appointed', 'terminated'] }).notNull(),
    stateAt: instant('state_at').notNull(),
    /** Rises with each change: of two that saw the same one, one is refused. */
    version: integer('version').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The number of the passport's version that was signed for; what is handed over is that one. */
    signedNumber: integer('signed_number'),
    /** When the carrier last got it; null until then, and for it the request is nowhere. */
    transmittedAt: instant('transmitted_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.carrierId], foreignColumns: [carriers.tenantId, carriers.id] }),
    foreignKey({ columns: [table.tenantId, table.linkId], foreignColumns: [producerLinks.tenantId, producerLinks.id] }),
    index('contracting_requests_listed').on(table.tenantId, table.createdAt, table.id),
    index('contracting_requests_state').on(table.tenantId, table.state, table.createdAt, table.id),
    index('contracting_requests_carrier').on(table.tenantId, table.carrierId, table.transmittedAt, table.id),
    index('contracting_requests_link').on(table.tenantId, table.linkId, table.createdAt, table.id),
    index('contracting_requests_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

const ofRequest = (table: { tenantId: Parameters<typeof ofTenant>[0]; requestId: Parameters<typeof ofTenant>[0] }) =>
  foreignKey({ columns: [table.tenantId, table.requestId], foreignColumns: [contractingRequests.tenantId, contractingRequests.id] })

/** Who brought a request into which state, when. Never changed: the timeline. */
export const requestStates = sqliteTable(
  'request_states',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    requestId: text('request_id').notNull(),
    state: text('state', { enum: ['draft', 'ready', 'signed', 'transmitted', 'accepted', 'returned', 'declined', 'appointed', 'terminated'] }).notNull(),
    at: instant('at').notNull(),
    byKind: text('by_kind').notNull(),
    byId: text('by_id').notNull(),
    /** Sealed { reason }, where one was given. */
    content: sealed('content'),
    sealVersion: sealVersion(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ofRequest(table),
    index('request_states_of').on(table.tenantId, table.requestId, table.at, table.id),
    index('request_states_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** A signed file that goes with a request. Its bytes and its name are the document's. */
export const requestDocuments = sqliteTable(
  'request_documents',
  {
    tenantId: text('tenant_id').notNull(),
    /** The document's own id. */
    id: text('id').notNull(),
    requestId: text('request_id').notNull(),
    /** The filled packet it came of. */
    packetId: text('packet_id').notNull(),
    /** SHA-256 (hex) of the sealed file. */
    sha256: text('sha256').notNull(),
    signedAt: instant('signed_at').notNull(),
    /** Set when it was signed anew, or taken back, before it was handed over. */
    replacedAt: instant('replaced_at'),
    /** The transmission it went with; from then on the carrier may fetch it. */
    transmissionId: text('transmission_id'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), ofRequest(table), index('request_documents_of').on(table.tenantId, table.requestId, table.signedAt), ofTenant(table.tenantId)],
)

/** One handing over to the carrier: what it was given is kept as it was then, under a key of its own. */
export const transmissions = sqliteTable(
  'transmissions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    requestId: text('request_id').notNull(),
    carrierId: text('carrier_id').notNull(),
    at: instant('at').notNull(),
    byId: text('by_id').notNull(),
    /** SHA-256 (hex) over what was handed over: the receipt. */
    receipt: text('receipt').notNull(),
    /** Sealed snapshot, under the transmission's own salt. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ofRequest(table),
    foreignKey({ columns: [table.tenantId, table.carrierId], foreignColumns: [carriers.tenantId, carriers.id] }),
    index('transmissions_of').on(table.tenantId, table.requestId, table.at),
    index('transmissions_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** A number that a carrier gave a producer to write business under. */
export const writingNumbers = sqliteTable(
  'writing_numbers',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    requestId: text('request_id').notNull(),
    states: text('states').notNull(),
    /** Sealed { number }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    ofRequest(table),
    index('writing_numbers_of').on(table.tenantId, table.requestId, table.at),
    index('writing_numbers_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
