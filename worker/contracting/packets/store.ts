import { and, desc, eq, inArray, isNull, lte, ne, type SQL } from 'drizzle-orm'
import { filledPackets, packetOffers, packetSignatures, packets, packetVersions } from '../../../db/schema/contracting-packets.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

type Row<T extends { $inferSelect: { tenantId: string } }> = Omit<T['$inferSelect'], 'tenantId'>
type New<T extends { $inferInsert: { tenantId: string } }> = Omit<T['$inferInsert'], 'tenantId'>
export type PacketRow = Row<typeof packets>
export type VersionRow = Row<typeof packetVersions>
export type FilledRow = Row<typeof filledPackets>
export type SignatureRow = Row<typeof packetSignatures>
export type OfferRow = Row<typeof packetOffers>

/** drizzle's `and` may be undefined for no conditions; two are never none. */
const both = (one: SQL, other: SQL): SQL => and(one, other) ?? one

export const insertPacket = (db: TenantDb, row: New<typeof packets>): Write => db.insert(packets, row)
export const packetById = (db: TenantDb, id: string): Read<PacketRow | undefined> => db.findOne(packets, eq(packets.id, id))
export const allPackets = (db: TenantDb, limit: number): Read<PacketRow[]> => db.find(packets, { orderBy: [desc(packets.createdAt), desc(packets.id)], limit })
export const packetsOfCarrier = (db: TenantDb, carrierId: string): Read<PacketRow[]> => db.find(packets, { where: both(eq(packets.carrierId, carrierId), eq(packets.state, 'active')), orderBy: desc(packets.createdAt) })
export const retirePacketRow = (db: TenantDb, id: string): Write => db.update(packets, both(eq(packets.id, id), eq(packets.state, 'active')), { state: 'retired' }).orRefuse('packet_retired')

export const versionColumns = { id: packetVersions.id, packetId: packetVersions.packetId, number: packetVersions.number, state: packetVersions.state, digest: packetVersions.digest, edition: packetVersions.edition, pages: packetVersions.pages, fields: packetVersions.fields, mapped: packetVersions.mapped, createdAt: packetVersions.createdAt, publishedAt: packetVersions.publishedAt }
export type VersionSummary = Pick<VersionRow, keyof typeof versionColumns>
export const insertVersion = (db: TenantDb, row: New<typeof packetVersions>): Write => db.insert(packetVersions, row)
export const versionById = (db: TenantDb, id: string): Read<VersionRow | undefined> => db.findOne(packetVersions, eq(packetVersions.id, id))
export const versionsOf = (db: TenantDb, packetId: string): Read<VersionSummary[]> => db.find(packetVersions, { columns: versionColumns, where: eq(packetVersions.packetId, packetId), orderBy: desc(packetVersions.number) })
export const newestVersion = (db: TenantDb, packetId: string): Read<VersionRow | undefined> => db.find(packetVersions, { where: eq(packetVersions.packetId, packetId), orderBy: desc(packetVersions.number), limit: 1 }).map((rows) => rows[0])
export const versionSummaries = (db: TenantDb): Read<VersionSummary[]> => db.find(packetVersions, { columns: versionColumns, orderBy: desc(packetVersions.number) })

/** Change a draft that still stands in the edition the caller saw; the batch is refused otherwise. */
export const changeDraft = (db: TenantDb, seen: Pick<VersionRow, 'id' | 'edition'>, set: Partial<Omit<VersionRow, 'id' | 'packetId' | 'edition'>>): Write =>
  db.update(packetVersions, and(eq(packetVersions.id, seen.id), eq(packetVersions.edition, seen.edition), eq(packetVersions.state, 'draft')) ?? eq(packetVersions.id, seen.id), { ...set, edition: seen.edition + 1 }).orRefuse('draft_changed')

export const pointToPublished = (db: TenantDb, packetId: string, versionId: string): Write => db.update(packets, both(eq(packets.id, packetId), eq(packets.state, 'active')), { publishedId: versionId }).orRefuse('packet_retired')
/** That a packet is still filled from this version. Changes nothing; the batch is refused when it is not so. */
export const whilePublished = (db: TenantDb, versionId: string): Write => db.update(packets, both(eq(packets.publishedId, versionId), eq(packets.state, 'active')), { publishedId: versionId }).orRefuse('packet_changed')

export const insertFilled = (db: TenantDb, row: New<typeof filledPackets>): Write => db.insert(filledPackets, row)
export const filledById = (db: TenantDb, id: string): Read<FilledRow | undefined> => db.findOne(filledPackets, eq(filledPackets.id, id))
export const filledFor = (db: TenantDb, requestId: string): Read<FilledRow | undefined> => db.findOne(filledPackets, both(eq(filledPackets.requestId, requestId), ne(filledPackets.state, 'replaced')))
/** Turn a filled packet that still stands in the state the caller saw; the batch is refused otherwise. */
export const turnFilled = (db: TenantDb, id: string, from: FilledRow['state'], to: 'signed' | 'replaced'): Write => db.update(filledPackets, both(eq(filledPackets.id, id), eq(filledPackets.state, from)), { state: to }).orRefuse('packet_changed')

/** Every packet that was filled under a link, whatever became of it. */
export const filledUnder = (db: TenantDb, linkId: string): Read<Pick<FilledRow, 'id' | 'state' | 'documentId' | 'reviewId'>[]> =>
  db.find(filledPackets, { columns: { id: filledPackets.id, state: filledPackets.state, documentId: filledPackets.documentId, reviewId: filledPackets.reviewId }, where: eq(filledPackets.linkId, linkId) })
export const signedUnder = (db: TenantDb, linkId: string): Read<Pick<SignatureRow, 'id' | 'filledId' | 'documentId' | 'copyId'>[]> =>
  db.join(packetSignatures, filledPackets, { columns: { id: packetSignatures.id, filledId: packetSignatures.filledId, documentId: packetSignatures.documentId, copyId: packetSignatures.copyId }, on: eq(filledPackets.id, packetSignatures.filledId), where: eq(filledPackets.linkId, linkId) })
/** A packet that counts no more, whoever else says so. */
export const setReplaced = (db: TenantDb, id: string): Write => db.update(filledPackets, both(eq(filledPackets.id, id), ne(filledPackets.state, 'replaced')), { state: 'replaced' })

export const insertSignature = (db: TenantDb, row: New<typeof packetSignatures>): Write => db.insert(packetSignatures, row)
export const signatureOf = (db: TenantDb, filledId: string): Read<SignatureRow | undefined> => db.findOne(packetSignatures, eq(packetSignatures.filledId, filledId))
export const signatureFor = (db: TenantDb, requestId: string): Read<SignatureRow | undefined> => db.find(packetSignatures, { where: eq(packetSignatures.requestId, requestId), orderBy: desc(packetSignatures.signedAt), limit: 1 }).map((rows) => rows[0])

export const insertOffer = (db: TenantDb, row: New<typeof packetOffers>): Write => db.insert(packetOffers, row)
export const offerById = (db: TenantDb, id: string): Read<OfferRow | undefined> => db.findOne(packetOffers, eq(packetOffers.id, id))
export const allOffers = (db: TenantDb, limit: number): Read<OfferRow[]> => db.find(packetOffers, { where: inArray(packetOffers.state, ['waiting', 'signed']), orderBy: [desc(packetOffers.offeredAt), desc(packetOffers.id)], limit })
/** What an FMO asked for until a moment and was not signed is asked for no more. */
export const withdrawOffers = (db: TenantDb, fmoId: string, until: number): Write => db.update(packetOffers, and(eq(packetOffers.fmoId, fmoId), eq(packetOffers.state, 'waiting'), lte(packetOffers.offeredAt, until)) as SQL, { state: 'replaced' }) // `as`: `and` of conditions is one
/** A newer packet takes the place of one that was not signed. */
export const noteReplaced = (db: TenantDb, id: string): Write => db.update(packetOffers, both(eq(packetOffers.id, id), eq(packetOffers.state, 'waiting')), { state: 'replaced' })
export const noteSigned = (db: TenantDb, id: string, set: Pick<OfferRow, 'signedId' | 'signedSha256' | 'signedAt'>): Write => db.update(packetOffers, both(eq(packetOffers.id, id), isNull(packetOffers.signedId)), { ...set, state: 'signed' }).orRefuse('noted_already')
