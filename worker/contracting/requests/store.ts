import { and, asc, count, desc, eq, getTableColumns, gte, inArray, isNotNull, isNull, lt, or, sql, type InferInsertModel, type InferSelectModel, type SQL } from 'drizzle-orm'
import { carriers } from '../../../db/schema/contracting-carriers.ts'
import { contractingRequests, requestDocuments, requestStates, transmissions, writingNumbers } from '../../../db/schema/contracting-requests.ts'
import type { Position } from '../../core/api/cursor.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'
import type { ApplicationStatus, RequestKind, RequestState } from './contract.ts'

export type RequestRow = InferSelectModel<typeof contractingRequests>
export type StateRow = InferSelectModel<typeof requestStates>
export type RequestDocumentRow = InferSelectModel<typeof requestDocuments>
export type TransmissionRow = InferSelectModel<typeof transmissions>
export type WritingNumberRow = InferSelectModel<typeof writingNumbers>
type New<T extends { $inferInsert: object }> = Omit<T['$inferInsert'], 'tenantId'>

export const insertRequest = (db: TenantDb, row: New<typeof contractingRequests>): Write => db.insert(contractingRequests, row)

export const requestById = (db: TenantDb, id: string): Read<RequestRow | undefined> => db.findOne(contractingRequests, eq(contractingRequests.id, id))

type Change = Partial<Pick<InferInsertModel<typeof contractingRequests>, 'state' | 'stateAt' | 'states' | 'content' | 'sealVersion' | 'signedNumber' | 'transmittedAt'>>

/** Change a request that still stands as it was seen; the batch is refused otherwise. */
export const changeRequestRow = (db: TenantDb, seen: Pick<RequestRow, 'id' | 'version'>, set: Change): Write =>
  db.update(contractingRequests, all(eq(contractingRequests.id, seen.id), eq(contractingRequests.version, seen.version)), { ...set, version: seen.version + 1 }).orRefuse('request_changed')

export type RequestQuery = { readonly state?: RequestState | undefined; readonly among?: readonly RequestState[] | undefined; readonly kind?: RequestKind | undefined; readonly carrierId?: string | undefined; readonly linkId?: string | undefined }

/** A request of a list, with the name of its carrier. */
export type ListedRow = RequestRow & { readonly carrierName: string }

/** Newest first, from below `after`. One row more than the page tells whether there is another. */
export const requestPage = (db: TenantDb, { state, among, kind, carrierId, linkId }: RequestQuery, after: Position | null, limit: number): Read<ListedRow[]> =>
  db.join(contractingRequests, carriers, {
    columns: { ...getTableColumns(contractingRequests), carrierName: carriers.name },
    on: eq(carriers.id, contractingRequests.carrierId),
    where: and(
      state ? eq(contractingRequests.state, state) : undefined,
      among ? inArray(contractingRequests.state, [...among]) : undefined,
      kind ? eq(contractingRequests.kind, kind) : undefined,
      carrierId ? eq(contractingRequests.carrierId, carrierId) : undefined,
      linkId ? eq(contractingRequests.linkId, linkId) : undefined,
      after ? or(lt(contractingRequests.createdAt, after.at), and(eq(contractingRequests.createdAt, after.at), lt(contractingRequests.id, after.id))) : undefined,
    ),
    orderBy: [desc(contractingRequests.createdAt), desc(contractingRequests.id)],
    limit: limit + 1,
  })

/** How many requests stand in each state, by how long: `age` 0 since `week` or later, 1 since `month` or later, 2 for longer. Moments in epoch milliseconds. */
export function countsByAge(db: TenantDb, { week, month }: { week: number; month: number }): Read<{ state: RequestState; age: number; n: number }[]> {
  const age = sql<number>`(${contractingRequests.stateAt} < ${week}) + (${contractingRequests.stateAt} < ${month})`
  return db.find(contractingRequests, { columns: { state: contractingRequests.state, age, n: count() }, groupBy: [contractingRequests.state, age] })
}

/** When requests were drafted and when they were first appointed, of those appointed since a moment. */
export const appointmentsSince = (db: TenantDb, since: number, limit: number): Read<{ requestId: string; createdAt: number; at: number }[]> =>
  db.join(requestStates, contractingRequests, {
    columns: { requestId: requestStates.requestId, createdAt: contractingRequests.createdAt, at: requestStates.at },
    on: eq(contractingRequests.id, requestStates.requestId),
    where: and(eq(requestStates.state, 'appointed'), gte(requestStates.at, since)),
    orderBy: [asc(requestStates.at), asc(requestStates.id)],
    limit,
  })

/** What a carrier may know of: its own requests that were handed over to it. */
const ofCarrier = (carrierId: string): SQL => all(eq(contractingRequests.carrierId, carrierId), isNotNull(contractingRequests.transmittedAt))

const statesOf = (status: ApplicationStatus): RequestState[] => (status === 'returned' ? ['returned', 'draft', 'ready', 'signed'] : [status])

/** Columns of a carrier's list; nothing sealed is among them. */
const listed = {
  id: contractingRequests.id, kind: contractingRequests.kind, states: contractingRequests.states, state: contractingRequests.state, stateAt: contractingRequests.stateAt, transmittedAt: contractingRequests.transmittedAt,
}
export type ApplicationRow = Pick<RequestRow, keyof typeof listed>

export const applicationPage = (db: TenantDb, carrierId: string, status: ApplicationStatus | undefined, after: Position | null, limit: number): Read<ApplicationRow[]> =>
  db.find(contractingRequests, {
    columns: listed,
    where: and(
      ofCarrier(carrierId),
      status ? inArray(contractingRequests.state, statesOf(status)) : undefined,
      after ? or(lt(contractingRequests.transmittedAt, after.at), and(eq(contractingRequests.transmittedAt, after.at), lt(contractingRequests.id, after.id))) : undefined,
    ),
    orderBy: [desc(contractingRequests.transmittedAt), desc(contractingRequests.id)],
    limit: limit + 1,
  })

export const applicationById = (db: TenantDb, carrierId: string, id: string): Read<RequestRow | undefined> => db.findOne(contractingRequests, and(eq(contractingRequests.id, id), ofCarrier(carrierId)))

export const insertState = (db: TenantDb, row: New<typeof requestStates>): Write => db.insert(requestStates, row)

export const statesOfRequest = (db: TenantDb, requestId: string): Read<StateRow[]> => db.find(requestStates, { where: eq(requestStates.requestId, requestId), orderBy: [asc(requestStates.at), asc(requestStates.id)], limit: 500 })

export const insertRequestDocument = (db: TenantDb, row: New<typeof requestDocuments>): Write => db.insert(requestDocuments, row)

export const documentsOfRequest = (db: TenantDb, requestId: string): Read<RequestDocumentRow[]> => db.find(requestDocuments, { where: and(eq(requestDocuments.requestId, requestId), isNull(requestDocuments.replacedAt)), orderBy: [desc(requestDocuments.signedAt), asc(requestDocuments.id)], limit: 200 })

/** Files that were signed and not handed over: they count no longer. */
export const replaceDocuments = (db: TenantDb, requestId: string, at: number): Write =>
  db.update(requestDocuments, all(eq(requestDocuments.requestId, requestId), isNull(requestDocuments.transmissionId), isNull(requestDocuments.replacedAt)), { replacedAt: at })

export const sendDocuments = (db: TenantDb, requestId: string, transmissionId: string): Write =>
  db.update(requestDocuments, all(eq(requestDocuments.requestId, requestId), isNull(requestDocuments.transmissionId), isNull(requestDocuments.replacedAt)), { transmissionId }).orRefuse('nothing_signed')

/** A file that was handed over: whose, to whom, and the version of the passport it was filled from. */
export const sentDocument = (db: TenantDb, documentId: string): Read<{ linkId: string; carrierId: string; number: number | null } | undefined> =>
  db
    .join(requestDocuments, contractingRequests, {
      columns: { linkId: contractingRequests.linkId, carrierId: contractingRequests.carrierId, number: contractingRequests.signedNumber },
      on: eq(contractingRequests.id, requestDocuments.requestId), where: and(eq(requestDocuments.id, documentId), isNotNull(requestDocuments.transmissionId)), limit: 1,
    })
    .map(([row]) => row)

/** Signed files of one producer's requests that were handed over. */
export const sentOfLink = (db: TenantDb, linkId: string): Read<{ id: string }[]> =>
  db.join(requestDocuments, contractingRequests, { columns: { id: requestDocuments.id }, on: eq(contractingRequests.id, requestDocuments.requestId), where: and(eq(contractingRequests.linkId, linkId), isNotNull(requestDocuments.transmissionId)) })

/** A document that was handed over to this carrier, with the transmission it went with. */
export const documentSentTo = (db: TenantDb, carrierId: string, documentId: string): Read<{ requestId: string }[]> =>
  db.join(requestDocuments, transmissions, {
    columns: { requestId: requestDocuments.requestId },
    on: eq(requestDocuments.transmissionId, transmissions.id),
    where: and(eq(requestDocuments.id, documentId), eq(transmissions.carrierId, carrierId)),
    limit: 1,
  })

export const insertTransmission = (db: TenantDb, row: New<typeof transmissions>): Write => db.insert(transmissions, row)

export const transmissionsOf = (db: TenantDb, requestId: string): Read<TransmissionRow[]> => db.find(transmissions, { where: eq(transmissions.requestId, requestId), orderBy: [desc(transmissions.at), desc(transmissions.id)], limit: 50 })

export const insertWritingNumber = (db: TenantDb, row: New<typeof writingNumbers>): Write => db.insert(writingNumbers, row)

export const writingNumbersOf = (db: TenantDb, requestId: string): Read<WritingNumberRow[]> => db.find(writingNumbers, { where: eq(writingNumbers.requestId, requestId), orderBy: [asc(writingNumbers.at), asc(writingNumbers.id)], limit: 200 })

/** Requests of one producer that are not over, and were never handed over. */
export const unsentOfLink = (db: TenantDb, linkId: string): Read<RequestRow[]> =>
  db.find(contractingRequests, { where: and(eq(contractingRequests.linkId, linkId), inArray(contractingRequests.state, ['draft', 'ready', 'signed', 'returned'])), limit: 100 })

const all = (...conditions: [SQL, SQL, ...SQL[]]): SQL => and(...conditions) as SQL // `as`: `and` of conditions is one
