import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { PacketFormView } from './contract.ts'
import { rights } from './module.ts'
import { openForm } from './packet-form.ts'
import { newestVersion, packetById, versionsOf } from './store.ts'
import { packetView, versionView } from './views.ts'

/** A packet with its newest version: the draft where there is one, else what is published. */
export async function readPacket(ctx: Ctx, packetId: string): Promise<PacketFormView> {
  demand(ctx, rights.readPackets)
  const [packet, newest, versions] = await ctx.db.readAll([packetById(ctx.db, packetId), newestVersion(ctx.db, packetId), versionsOf(ctx.db, packetId)])
  if (!packet) throw new Fault({ code: 'not_found' })
  const form = newest ? await openForm(ctx, newest) : { parts: [], mapping: [] }
  return {
    packet: packetView(packet, versions),
    version: newest ? versionView(newest) : null,
    parts: form.parts.map(({ documentId, title, pages, fields }) => ({ documentId, title, pages, fields: [...fields] })),
    mapping: [...form.mapping],
  }
}
