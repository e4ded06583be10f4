import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { AddPacket, PacketView } from './contract.ts'
import { packetAdded, rights } from './module.ts'
import { insertPacket } from './store.ts'
import { packetView } from './views.ts'

/** Begin a packet of a carrier. It has no form yet, and nothing is filled from it until a version is published. */
export async function addPacket(ctx: Ctx, { carrier_id: carrierId, name, for_kind: forKind }: AddPacket): Promise<PacketView> {
  demand(ctx, rights.writePackets)
  const row = { id: ctx.newId('pkt'), carrierId, name, forKind, state: 'active' as const, publishedId: null, createdBy: ctx.eventActor.id, createdAt: ctx.now }
  await ctx.commit([insertPacket(ctx.db, row)], packetAdded(row.id, { carrier: carrierId, kind: forKind }))
  return packetView(row, [])
}
