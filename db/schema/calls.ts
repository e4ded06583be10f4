import { sql } from 'drizzle-orm'
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
    /** Keyed hash of what the dialler calls it: one call per session. */
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
    /** Sealed { phone, transcript, text, contact } under the call's own salt; null once it is purged. */
    content: sealed('content'),
    sealVersion: sealVersion(),
    hasTranscript: integer('has_transcript', { mode: 'boolean' }).notNull(),
    state: text('state', { enum: ['live', 'purging', 'purged'] }).notNull(),
    /** When it is to be handed to the AMS, or tried again; null once nothing is due. */
    syncDueAt: instant('sync_due_at'),
    /**
     * `none`: no AMS was connected. `handing`: it was handed over, and what came of it is not written down yet. `unknown`: the AMS may
     * have the note and did not say so. `dead`: it is not tried again by itself.
     */
    syncState: text('sync_state', { enum: ['waiting', 'none', 'handing', 'synced', 'unknown', 'dead'] }).notNull().default('waiting'),
    syncAttempts: integer('sync_attempts').notNull().default(0),
    /** Why the last attempt came to nothing: a word of ours. */
    syncTrouble: text('sync_trouble'),
    syncedAt: instant('synced_at'),
    /** What the AMS calls the note. */
    noteId: text('note_id'),
    /** The connection over which it was handed over last: another AMS cannot be asked for its note. */
    handedTo: text('handed_to'),
    /** One letter for many contacts, while it is tried again: a contact's calls keep their order, and nobody is known by it. */
    orderKey: text('order_key'),
    /** How many contacts of the AMS have the number; null where it was not asked. */
    matches: integer('matches'),
    /** When its handler was shown who calls; null where nobody was. */
    poppedAt: instant('popped_at'),
    /** What its handler made of it. */
    disposition: text('disposition'),
    /** When its content goes whatever happens. */
    capAt: instant('cap_at').notNull(),
    /** SHA-256 of the ciphertext that was destroyed, for the receipt. */
    contentDigest: text('content_digest'),
    purgedAt: instant('purged_at'),
    /** What the purge followed: the AMS's receipt, or the cap. */
    purgedBy: text('purged_by', { enum: ['sync', 'cap'] }),
    /** Rises with each message: of two that saw the same one, one looks again. */
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('calls_session').on(table.tenantId, table.connectionId, table.sessionId),
    index('calls_listed').on(table.tenantId, table.startedAt, table.id),
    index('calls_member').on(table.tenantId, table.memberId, table.startedAt, table.id),
    index('calls_state').on(table.state, table.capAt),
    index('calls_sync').on(table.syncDueAt, table.tenantId),
    index('calls_live').on(table.tenantId, table.syncState, table.startedAt, table.id).where(sql`state = 'live'`),
    index('calls_capped').on(table.tenantId, table.startedAt, table.id).where(sql`purged_by = 'cap'`),
    index('calls_unsettled').on(table.tenantId, table.phoneLast4, table.startedAt).where(sql`sync_due_at IS NOT NULL`),
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

/** An agency management system that a tenant hands its calls' notes to: one at a time. */
export const amsConnections = sqliteTable(
  'ams_connections',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['hawksoft', 'rest', 'webhook'] }).notNull(),
    label: text('label').notNull(),
    /** Where and how it is asked, without anything secret: base address, paths, field mapping. JSON. */
    settings: text('settings').notNull(),
    /** Sealed { origin, … }: what it is asked with. Null once it is revoked. */
    content: sealed('content'),
    sealVersion: sealVersion(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    testedAt: instant('tested_at'),
    /** Null where the last test succeeded, else why it did not. */
    testTrouble: text('test_trouble'),
    revokedAt: instant('revoked_at'),
    /** Rises with each change: of two that saw the same one, one is refused. */
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('ams_connections_open').on(table.tenantId).where(sql`revoked_at IS NULL`),
    index('ams_connections_listed').on(table.tenantId, table.createdAt, table.id),
    index('ams_connections_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** Which of several contacts with one number was meant, for a month: neither number nor record can be read from it. */
export const callChoices = sqliteTable(
  'call_choices',
  {
    tenantId: text('tenant_id').notNull(),
    /** Blind index of the number. */
    phoneIndex: text('phone_index').notNull(),
    /** HMAC of the AMS's record, under the tenant's own key. */
    recordMac: text('record_mac').notNull(),
    memberId: text('member_id').notNull(),
    chosenAt: instant('chosen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.phoneIndex] }), index('call_choices_due').on(table.chosenAt), ofTenant(table.tenantId)],
)

/** Members who asked to be left out of the leaderboard. */
export const leaderboardOptOuts = sqliteTable(
  'leaderboard_opt_outs',
  {
    tenantId: text('tenant_id').notNull(),
    memberId: text('member_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.memberId] }), ofTenant(table.tenantId)],
)
