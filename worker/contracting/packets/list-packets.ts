import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { PacketView } from './contract.ts'
import { rights } from './module.ts'
import { allPackets, versionSummaries } from './store.ts'
import { packetView } from './views.ts'

/** Carriers have a handful of packets each; a tenant with more than this many sees the newest. */
const MOST = 500

/** Every packet, newest first, with its versions. */
export async function listPackets(ctx: Ctx): Promise<PacketView[]> {
  demand(ctx, rights.readPackets)
  const [rows, versions] = await ctx.db.readAll([allPackets(ctx.db, MOST), versionSummaries(ctx.db)])
  return rows.map((row) => packetView(row, versions))
}
