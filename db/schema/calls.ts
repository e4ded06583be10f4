import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'
import { hookConnections } from './hooks.ts'

/** One call or text message of a dialler's, made of however many messages told of it. What is in clear says nothing of the other party but four digits. */
export const calls = sqliteTable(
  'calls',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    connectionId: text('connection_id').notNull(),
    /** What the dialler calls it: one call per session. */
    sessionId: text('session_id').notNull(),
    direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
    outcome: text('outcome', { enum: ['ringing', 'in_progress', 'answered', 'missed', 'voicemail', 'message'] }).notNull(),
    startedAt: instant('started_at').notNull(),
    answeredAt: instant('answered_at'),
    endedAt: instant('ended_at'),
    durationS: integer('duration_s'),
    /** Whose call it is, where the dialler's word for them is known. */
    memberId: text('member_id'),
    phoneLast4: text('phone_last4'),
    /** Sealed { phone, transcript, text } under the call's own salt; null once it is purged. */
    content: sealed('content'),
    sealVersion: sealVersion(),
    hasTranscript: integer('has_transcript', { mode: 'boolean' }).notNull(),
    state: text('state', { enum: ['live', 'purging', 'purged'] }).notNull(),
    /** When it is to be handed on, once it has ended. */
    syncDueAt: instant('sync_due_at'),
    /** When its content goes whatever happens. */
    capAt: instant('cap_at').notNull(),
    /** SHA-256 of the ciphertext that was destroyed, for the receipt. */
    contentDigest: text('content_digest'),
    purgedAt: instant('purged_at'),
    /** Rises with each message: of two that saw the same one, one looks again. */
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('calls_session').on(table.tenantId, table.connectionId, table.sessionId),
    index('calls_listed').on(table.tenantId, table.startedAt, table.id),
    index('calls_member').on(table.tenantId, table.memberId, table.startedAt, table.id),
    index('calls_state').on(table.state, table.capAt),
    index('calls_seal').on(table.tenantId, table.sealVersion),
    foreignKey({ columns: [table.tenantId, table.connectionId], foreignColumns: [hookConnections.tenantId, hookConnections.id] }),
    ofTenant(table.tenantId),
  ],
)

/** Who of the tenant a dialler means by an extension, a user id or an address. */
export const callHandlers = sqliteTable(
  'call_handlers',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    connectionId: text('connection_id').notNull(),
    /** Blind index of the dialler's word. */
    wordIndex: text('word_index').notNull(),
    /** Sealed { word }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    memberId: text('member_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('call_handlers_word').on(table.tenantId, table.connectionId, table.wordIndex),
    index('call_handlers_seal').on(table.tenantId, table.sealVersion),
    foreignKey({ columns: [table.tenantId, table.connectionId], foreignColumns: [hookConnections.tenantId, hookConnections.id] }),
    ofTenant(table.tenantId),
  ],
)
