import { openCopyForPacket } from '../../worker/contracting/producers/open-copy.ts'
import { requestToFill } from '../../worker/contracting/requests/sign-for.ts'
import { addPacket } from '../../worker/contracting/packets/add-packet.ts'
import { attachForm } from '../../worker/contracting/packets/attach-form.ts'
import { packetRequest } from '../../worker/contracting/packets/fill-for-request.ts'
import { fillPacket } from '../../worker/contracting/packets/fill-packet.ts'
import { readOffer } from '../../worker/contracting/packets/list-offers.ts'
import { listPackets } from '../../worker/contracting/packets/list-packets.ts'
import { rights as packets } from '../../worker/contracting/packets/module.ts'
import { publishPacket } from '../../worker/contracting/packets/publish-packet.ts'
import { readFilledById } from '../../worker/contracting/packets/read-filled.ts'
import { signOffered } from '../../worker/contracting/packets/sign-offered.ts'
import { drained } from '../support/scene.ts'
import type { Ask } from './ask.ts'
import { carrier, standingCarrier } from './carrier-cases.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'
import { request } from './request-cases.ts'

const nothing = async (): Promise<Ask> => ({})

/** A packet of the home's, whose name holds its word; with a form of ours in its draft, or with that published. */
export async function packet(home: Home, as: 'empty' | 'draft' | 'published' = 'empty'): Promise<string> {
  const carrierId = await carrier(home)
  return home.tenant.asJob(async (ctx) => {
    const { id } = await addPacket(ctx, { carrier_id: carrierId, name: `Packet ${home.word}`, for_kind: 'any' })
    if (as !== 'empty') await attachForm(ctx, id, { own_form: 'direct_deposit' })
    if (as === 'published') await publishPacket(ctx, id)
    return id
  })
}

/** A request of the home's that is ready, of a carrier with a published packet. */
async function ready(home: Home): Promise<string> {
  const carrierId = await standingCarrier(home)
  await home.tenant.asJob(async (ctx) => {
    if ((await listPackets(ctx)).some((each) => each.carrierId === carrierId && each.publishedId !== null)) return
    const { id } = await addPacket(ctx, { carrier_id: carrierId, name: `Packet ${home.word}`, for_kind: 'any' })
    await attachForm(ctx, id, { own_form: 'direct_deposit' })
    await publishPacket(ctx, id)
  })
  return (await request(home, 'ready')).id
}

/** A packet filled for such a request and offered to the home itself, which is both ends of it; signed where asked. */
async function offered(home: Home, as: 'waiting' | 'signed' = 'waiting'): Promise<{ id: string; basis: string }> {
  const requestId = await ready(home)
  const { id } = await home.tenant.asJob(async (ctx) =>
    fillPacket(ctx, { request: packetRequest(await requestToFill(ctx, requestId)), open: async (fmo, linkId, reason) => ({ producerId: ctx.tenant.id, ...(await openCopyForPacket(fmo, linkId, reason)) }) }),
  )
  // What follows is over before anybody compares the tenant with what it was.
  await drained(home.tenant.id)
  const { basis } = await home.tenant.asJob((ctx) => readOffer(ctx, id))
  if (as === 'waiting') return { id, basis }
  await home.tenant.asJob((ctx) => signOffered(ctx, { packet: id, basis, mark: { kind: 'typed', name: home.word }, consent: true }))
  await drained(home.tenant.id)
  return { id, basis }
}

const ofRequest = async (home: Home) => ({ params: { requestId: await ready(home) } })
const ofFilled = async (home: Home) => {
  const { id } = await offered(home)
  return { params: { requestId: await home.tenant.asJob(async (ctx) => (await readFilledById(ctx, id)).requestId) } }
}

const of = async (home: Home, as?: 'draft' | 'published') => ({ params: { packetId: await packet(home, as) } })
const rule = { part: 0, field: 'npn', source: { from: 'text', text: 'none' }, when: null }

/** Carriers' packets, their forms and mapping. */
export const packetCases: readonly Case[] = [
  { entrance: 'GET /api/v1/packets', may: packets.readPackets, ask: nothing },
  { entrance: 'POST /api/v1/packets', may: packets.writePackets, records: 'contracting.packet.added', ask: async (home) => ({ json: { carrier_id: await carrier(home), name: 'A packet' } }) },
  { entrance: 'GET /api/v1/packets/:packetId', may: packets.readPackets, ask: (home) => of(home, 'draft') },
  { entrance: 'POST /api/v1/packets/:packetId/forms', may: packets.writePackets, records: 'contracting.packet.form_attached', ask: async (home) => ({ ...(await of(home)), json: { own_form: 'direct_deposit' } }) },
  { entrance: 'PUT /api/v1/packets/:packetId/mapping', may: packets.writePackets, once: true, records: 'contracting.packet.mapped', ask: async (home) => ({ ...(await of(home, 'draft')), json: { fields: [], rules: [rule] }, headers: { 'If-Match': `"1.${home.tenant.id.slice(-8)}"` } }) },
  { entrance: 'POST /api/v1/packets/:packetId/publication', may: packets.writePackets, once: true, records: 'contracting.packet.published', ask: (home) => of(home, 'draft') },
  { entrance: 'GET /packets', may: packets.readPackets, ask: nothing },
  { entrance: 'POST /packets', may: packets.writePackets, records: 'contracting.packet.added', ask: async (home) => ({ form: { carrier_id: await carrier(home), name: 'A packet', for_kind: 'any' } }) },
  { entrance: 'GET /packets/:packetId', may: packets.readPackets, ask: (home) => of(home, 'draft') },
  { entrance: 'POST /packets/:packetId', which: 'map', may: packets.writePackets, once: true, records: 'contracting.packet.mapped', ask: async (home) => ({ ...(await of(home, 'draft')), form: { edition: '1', 'field.0': '0/npn', 'source.0': 'text', 'text.0': 'none' } }) },
  { entrance: 'POST /packets/:packetId', which: 'attach', may: packets.writePackets, records: 'contracting.packet.form_attached', ask: async (home) => ({ ...(await of(home)), form: { intent: 'attach', own_form: 'direct_deposit' } }) },
  { entrance: 'POST /packets/:packetId', which: 'publish', may: packets.writePackets, once: true, records: 'contracting.packet.published', ask: async (home) => ({ ...(await of(home, 'draft')), form: { intent: 'publish' } }) },
  { entrance: 'POST /packets/:packetId', which: 'retire', may: packets.writePackets, once: true, records: 'contracting.packet.retired', ask: async (home) => ({ ...(await of(home)), form: { intent: 'retire' } }) },
  { entrance: 'GET /api/v1/contracting-requests/:requestId/packet', may: packets.readPackets, ask: ofFilled },
  { entrance: 'POST /api/v1/contracting-requests/:requestId/packet', may: packets.fillPacket, records: 'contracting.packet.generated', ask: ofRequest },
  { entrance: 'GET /requests/:requestId/packet', may: packets.readPackets, ask: ofFilled },
  { entrance: 'POST /requests/:requestId/packet', which: 'fill', may: packets.fillPacket, records: 'contracting.packet.generated', ask: async (home) => ({ ...(await ofRequest(home)), form: { intent: 'fill' } }) },
  { entrance: 'POST /requests/:requestId/packet', which: 'download', may: packets.readPackets, records: 'core.document.url_issued', ask: async (home) => ({ ...(await ofFilled(home)), form: { intent: 'download' } }) },
  { entrance: 'GET /signing', may: packets.readOffers, ask: async (home) => (await offered(home, 'signed'), {}) },
  { entrance: 'GET /signing/:packetId', may: packets.readOffers, ask: async (home) => ({ params: { packetId: (await offered(home)).id } }) },
  { entrance: 'POST /signing/:packetId', which: 'sign', may: packets.signPacket, once: true, records: 'contracting.packet.signed', ask: async (home) => { const { id, basis } = await offered(home); return { params: { packetId: id }, form: { basis, name: home.word, consent: 'yes' } } } },
  { entrance: 'POST /signing/:packetId', which: 'download', may: packets.readOffers, records: 'core.document.url_issued', ask: async (home) => ({ params: { packetId: (await offered(home)).id }, form: { intent: 'download' } }) },
  { entrance: 'POST /api/v1/packets/:packetId/retirement', may: packets.writePackets, once: true, records: 'contracting.packet.retired', ask: (home) => of(home) },
]
