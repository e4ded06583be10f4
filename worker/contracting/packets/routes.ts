import { z } from 'zod'
import { route, type ApiRoute } from '../../core/api/route.ts'
import { addPacket } from './add-packet.ts'
import { attachForm } from './attach-form.ts'
import { AddPacket, AttachForm, FilledView, MapFields, PacketFormView, PacketId, PacketView, RequestId } from './contract.ts'
import { fillForRequest } from './fill-for-request.ts'
import { listPackets } from './list-packets.ts'
import { mapFields } from './map-fields.ts'
import { publishedPacket, publishPacket, retirePacket } from './publish-packet.ts'
import { readFilled, readFilledById } from './read-filled.ts'
import { readPacket } from './read-packet.ts'

const params = z.strictObject({ packetId: PacketId })
const ofRequest = z.strictObject({ requestId: RequestId })
const tag = 'Packets'

/** Carriers' packets for programs: begin one, attach forms, map their fields, publish. */
export const packetRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/packets', operationId: 'listPackets', tag,
    summary: 'Carriers’ packets with their versions, newest first',
    answer: z.object({ packets: z.array(PacketView) }),
    run: async (ctx) => ({ body: { packets: await listPackets(ctx) } }),
  }),
  route({
    method: 'post', path: '/api/v1/packets', operationId: 'addPacket', tag,
    summary: 'Begin a packet of a carrier',
    body: AddPacket,
    answer: PacketView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await addPacket(ctx, body) }),
    again: async (ctx, id) => (await readPacket(ctx, id)).packet,
  }),
  route({
    method: 'get', path: '/api/v1/packets/{packetId}', operationId: 'readPacket', tag,
    summary: 'A packet, the fields of its forms and how each is filled; its ETag is the edition that a change must name',
    params,
    versioned: true,
    answer: PacketFormView,
    run: async (ctx, { params: { packetId } }) => answered(await readPacket(ctx, packetId)),
  }),
  route({
    method: 'post', path: '/api/v1/packets/{packetId}/forms', operationId: 'attachForm', tag,
    summary: 'Put a stored PDF, or a form of ours, into the draft',
    params,
    body: AttachForm,
    answer: PacketFormView,
    status: 201,
    run: async (ctx, { params: { packetId }, body }) => ({ body: await attachForm(ctx, packetId, body) }),
    again: readPacket,
  }),
  route({
    method: 'put', path: '/api/v1/packets/{packetId}/mapping', operationId: 'mapFields', tag,
    summary: 'Say how some fields are filled',
    params,
    body: MapFields,
    versioned: true,
    answer: PacketFormView,
    run: async (ctx, { params: { packetId }, body, ifMatch }) => answered(await mapFields(ctx, packetId, Number(ifMatch), body)),
  }),
  route({
    method: 'post', path: '/api/v1/packets/{packetId}/publication', operationId: 'publishPacket', tag,
    summary: 'Publish the draft: packets are filled from it from now on',
    params,
    answer: PacketFormView,
    status: 201,
    run: async (ctx, { params: { packetId } }) => ({ body: await publishPacket(ctx, packetId) }),
    again: publishedPacket,
  }),
  route({
    method: 'post', path: '/api/v1/packets/{packetId}/retirement', operationId: 'retirePacket', tag,
    summary: 'Retire a packet: nothing is filled from it any more',
    params,
    answer: PacketFormView,
    status: 201,
    run: async (ctx, { params: { packetId } }) => ({ body: await retirePacket(ctx, packetId) }),
    again: publishedPacket,
  }),
  route({
    method: 'get', path: '/api/v1/contracting-requests/{requestId}/packet', operationId: 'readFilledPacket', tag,
    summary: 'The packet of a request that counts: waiting for its signature, or signed; documents are its masked copies',
    params: ofRequest,
    answer: FilledView,
    run: async (ctx, { params: { requestId } }) => ({ body: await readFilled(ctx, requestId) }),
  }),
  route({
    method: 'post', path: '/api/v1/contracting-requests/{requestId}/packet', operationId: 'fillPacket', tag,
    summary: 'Fill the packet of a request that is ready, and offer it to its producer for signature',
    params: ofRequest,
    answer: FilledView,
    status: 201,
    run: async (ctx, { params: { requestId } }) => ({ body: await fillForRequest(ctx, requestId) }),
    again: readFilledById,
  }),
]

const answered = (view: z.output<typeof PacketFormView>) => ({ body: view, version: view.version?.edition ?? 0 })
