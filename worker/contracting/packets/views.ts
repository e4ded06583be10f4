import type { PacketView, VersionView } from './contract.ts'
import type { PacketRow, VersionSummary } from './store.ts'

export const versionView = (row: VersionSummary): VersionView => ({
  id: row.id,
  number: row.number,
  state: row.state,
  edition: row.edition,
  pages: row.pages,
  fields: row.fields,
  mapped: row.mapped,
  digest: row.digest,
  createdAt: row.createdAt,
  publishedAt: row.publishedAt,
})

export const packetView = (row: PacketRow, versions: readonly VersionSummary[]): PacketView => ({
  id: row.id,
  carrierId: row.carrierId,
  name: row.name,
  forKind: row.forKind,
  state: row.state,
  publishedId: row.publishedId,
  createdAt: row.createdAt,
  versions: versions.filter(({ packetId }) => packetId === row.id).map(versionView),
})
