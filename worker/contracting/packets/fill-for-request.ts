import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { producerBehind } from '../producers/copied-version.ts'
import { openCopyForPacket } from '../producers/open-copy.ts'
import { requestToFill, type RequestToFill } from '../requests/sign-for.ts'
import type { FilledView, PacketRequest } from './contract.ts'
import { fillPacket } from './fill-packet.ts'
import { rights } from './module.ts'

/** Fill the packet of a contracting request that is ready to be signed, from the copy of its producer’s passport. */
export async function fillForRequest(ctx: Ctx, requestId: string): Promise<FilledView> {
  demand(ctx, rights.fillPacket)
  const request = await requestToFill(ctx, requestId)
  if (request.state !== 'ready') throw new Fault({ code: 'conflict', state: `request_${request.state}`, detail: 'Only a request that is ready to be signed is filled. Make it ready first.' })
  return fillPacket(ctx, { request: packetRequest(request), open: async (fmo, linkId, reason) => ({ producerId: await producerBehind(fmo, linkId), ...(await openCopyForPacket(fmo, linkId, reason)) }) })
}

/** A request in the words of a packet. */
export const packetRequest = ({ id, carrier, linkId, kind, states, upline }: RequestToFill): PacketRequest => ({ id, carrierId: carrier.id, carrier: carrier.name, linkId, kind, states, upline })
