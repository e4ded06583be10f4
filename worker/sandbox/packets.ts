import { listCarriers } from '../contracting/carriers/list-carriers.ts'
import { addPacket } from '../contracting/packets/add-packet.ts'
import { attachForm } from '../contracting/packets/attach-form.ts'
import { fillForRequest } from '../contracting/packets/fill-for-request.ts'
import { listOffers } from '../contracting/packets/list-offers.ts'
import { listPackets } from '../contracting/packets/list-packets.ts'
import { publishPacket } from '../contracting/packets/publish-packet.ts'
import { signOffered } from '../contracting/packets/sign-offered.ts'
import { listRequests } from '../contracting/requests/list-requests.ts'
import { transmitRequest } from '../contracting/requests/transmit-request.ts'
import type { Ctx } from '../core/ctx.ts'
import type { House, Step } from './links.ts'
import type { Stage } from './stage.ts'

/** What each carrier of the demo has filled and signed. */
const forms = ['appointment', 'direct_deposit'] as const

/** Whose ready requests are filled: the first one signed and handed over, the next one signed, the last one waiting for her. */
const FMO = 'Harbor FMO'
const PRODUCER = 'Maria Alvarez'

/** Packets of every carrier, and what becomes of two requests. An FMO that has packets is left as it is. */
export async function packetSteps(stage: Stage, houses: readonly House[], today: number): Promise<Step[]> {
  const [fmo, producer] = [FMO, PRODUCER].map((name) => houses.find((each) => each.name === name))
  if (!fmo || !producer) return []
  if ((await stage.asMember(fmo.owner, fmo.tenantId, today, listPackets)).length > 0) return []
  const sealed = [fmo.tenantId, producer.tenantId, fmo.tenantId]
  const at = (daysAgo: number, { owner, tenantId }: House, verb: (ctx: Ctx) => Promise<unknown>): Step => ({ daysAgo, sealed, run: async (now) => void (await stage.asMember(owner, tenantId, now, verb)) })
  return [at(7, fmo, definePackets), at(2, fmo, fillNext), at(2, producer, signFirst), at(2, fmo, transmitFirst), at(2, fmo, fillNext), at(1, producer, signFirst), at(1, fmo, fillNext)]
}

async function definePackets(ctx: Ctx): Promise<void> {
  const { carriers } = await listCarriers(ctx, { limit: 20 })
  for (const { id: carrierId, name } of carriers) {
    const { id } = await addPacket(ctx, { carrier_id: carrierId, name: `${name} contracting packet`, for_kind: 'any' })
    for (const form of forms) await attachForm(ctx, id, { own_form: form })
    await publishPacket(ctx, id)
  }
}

/** The oldest request that is ready and was not filled yet. */
async function fillNext(ctx: Ctx): Promise<void> {
  const { requests } = await listRequests(ctx, { state: 'ready' }, { limit: 20 })
  const next = requests.filter(({ producer }) => producer === PRODUCER).at(-1)
  if (next) await fillForRequest(ctx, next.id)
}

async function signFirst(ctx: Ctx): Promise<void> {
  const offer = (await listOffers(ctx)).find(({ state }) => state === 'waiting')
  if (offer) await signOffered(ctx, { packet: offer.id, basis: offer.basis, mark: { kind: 'typed', name: 'Maria Elena Alvarez' }, consent: true })
}

async function transmitFirst(ctx: Ctx): Promise<void> {
  const { requests } = await listRequests(ctx, { state: 'signed' }, { limit: 20 })
  const [signed] = requests
  if (signed) await transmitRequest(ctx, { id: signed.id, version: signed.version })
}
