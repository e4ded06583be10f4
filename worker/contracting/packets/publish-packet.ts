import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { PacketFormView } from './contract.ts'
import { packetPublished, packetRetired, rights } from './module.ts'
import { openForm } from './packet-form.ts'
import { missingToPublish } from './policy.ts'
import { readPacket } from './read-packet.ts'
import { changeDraft, newestVersion, packetById, pointToPublished, retirePacketRow } from './store.ts'

/** Publish the draft: packets are filled from it from now on, and it never changes again. What waits for a signature under the older one is refused then. */
export async function publishPacket(ctx: Ctx, packetId: string): Promise<PacketFormView> {
  demand(ctx, rights.writePackets)
  const [packet, draft] = await ctx.db.readAll([packetById(ctx.db, packetId), newestVersion(ctx.db, packetId)])
  if (!packet) throw new Fault({ code: 'not_found' })
  if (draft?.state !== 'draft') throw new Fault({ code: 'conflict', state: 'no_draft', detail: 'There is nothing new to publish. Add a form or change how a field is filled first.' })
  const missing = missingToPublish(await openForm(ctx, draft))
  if (missing.length > 0) throw new Fault({ code: 'invalid', errors: missing.map((detail) => ({ pointer: '/draft', detail })) })
  await ctx.commit(
    [changeDraft(ctx.db, draft, { state: 'published', publishedAt: ctx.now }), pointToPublished(ctx.db, packetId, draft.id)],
    packetPublished(packetId, { version: draft.id, number: draft.number, digest: draft.digest }),
  )
  return readPacket(ctx, packetId)
}

/** The same packet for whoever published it and did not hear the answer. */
export const publishedPacket = readPacket

/** Retire a packet: nothing is filled from it any more. What was filled and signed stays. */
export async function retirePacket(ctx: Ctx, packetId: string): Promise<PacketFormView> {
  demand(ctx, rights.writePackets)
  if (!(await ctx.db.read(packetById(ctx.db, packetId)))) throw new Fault({ code: 'not_found' })
  await ctx.commit([retirePacketRow(ctx.db, packetId)], packetRetired(packetId, {}))
  return readPacket(ctx, packetId)
}
