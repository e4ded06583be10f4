import { addCarrier } from '../contracting/carriers/add-carrier.ts'
import type { CarrierTerms } from '../contracting/carriers/contract.ts'
import { listCarriers } from '../contracting/carriers/list-carriers.ts'
import { listProducers } from '../contracting/producers/list-producers.ts'
import type { RequestTerms } from '../contracting/requests/contract.ts'
import { draftRequest } from '../contracting/requests/draft-request.ts'
import { makeReady } from '../contracting/requests/move-request.ts'
import type { Ctx } from '../core/ctx.ts'
import type { House, Step } from './links.ts'
import type { Stage } from './stage.ts'

/** Two invented carriers; their company numbers were never given out. Both FMOs work with the first, each by a row of its own. */
const summit: CarrierTerms = { name: 'Summit Mutual', naic: '98101', states: ['OR', 'WA', 'ID', 'NV'], lines: ['life', 'health'], asksFor: ['aml'] }
const evergreen: CarrierTerms = { name: 'Evergreen Life', naic: '98102', states: ['OR', 'WA', 'CA'], lines: ['life', 'variable'], asksFor: [] }

/** Which FMO of the demo works with which carrier. */
export const demoCarriers: readonly { readonly fmo: string; readonly daysAgo: number; readonly terms: CarrierTerms }[] = [
  { fmo: 'Harbor FMO', daysAgo: 8, terms: summit },
  { fmo: 'Harbor FMO', daysAgo: 8, terms: evergreen },
  { fmo: 'Beacon Marketing', daysAgo: 5, terms: summit },
]

type DemoRequest = { readonly fmo: string; readonly daysAgo: number; readonly carrier: CarrierTerms; /** As the FMO invited it. */ readonly producer: string; readonly asks: Pick<RequestTerms, 'kind' | 'states' | 'upline'>; readonly ready?: true }

const requests: readonly DemoRequest[] = [
  { fmo: 'Harbor FMO', daysAgo: 4, carrier: evergreen, producer: 'Maria Alvarez', asks: { kind: 'contract', states: ['OR'], upline: 'Harbor FMO' }, ready: true },
  { fmo: 'Harbor FMO', daysAgo: 3, carrier: summit, producer: 'Maria Alvarez', asks: { kind: 'contract', states: ['OR', 'WA'], upline: 'Harbor FMO' }, ready: true },
  { fmo: 'Harbor FMO', daysAgo: 2, carrier: evergreen, producer: 'Maria Alvarez', asks: { kind: 'add_state', states: ['WA'], upline: null }, ready: true },
  { fmo: 'Harbor FMO', daysAgo: 2, carrier: summit, producer: 'Tessa Lindqvist', asks: { kind: 'transfer', states: ['WA'], upline: null } },
  { fmo: 'Beacon Marketing', daysAgo: 1, carrier: summit, producer: 'Jonah Reyes', asks: { kind: 'contract', states: ['ID', 'NV'], upline: 'Beacon Marketing' } },
]

/** What the FMOs of the demo ask of carriers. An FMO that has carriers is left as it is. */
export async function requestSteps(stage: Stage, houses: readonly House[], today: number): Promise<Step[]> {
  const fresh: House[] = []
  for (const house of houses.filter(({ name }) => demoCarriers.some(({ fmo }) => fmo === name))) {
    if ((await stage.asMember(house.owner, house.tenantId, today, (ctx) => listCarriers(ctx, { limit: 1 }))).carriers.length === 0) fresh.push(house)
  }
  return fresh.flatMap(({ name, owner, tenantId }) => {
    const at = (daysAgo: number, verb: (ctx: Ctx) => Promise<unknown>): Step => ({ daysAgo, sealed: [tenantId], run: async (now) => void (await stage.asMember(owner, tenantId, now, verb)) })
    return [
      ...demoCarriers.filter(({ fmo }) => fmo === name).map(({ daysAgo, terms }) => at(daysAgo, (ctx) => addCarrier(ctx, terms))),
      ...requests.filter(({ fmo }) => fmo === name).map((request) => at(request.daysAgo, (ctx) => ask(ctx, request))),
    ]
  })
}

async function ask(ctx: Ctx, { carrier, producer, asks, ready }: DemoRequest): Promise<void> {
  const { carriers: known } = await listCarriers(ctx, { limit: 100 })
  const { producers } = await listProducers(ctx, { state: 'active', limit: 100 })
  const [carrierId, linkId] = [known.find(({ naic }) => naic === carrier.naic)?.id, producers.find(({ name }) => name === producer)?.id]
  if (!carrierId || !linkId) return
  const { id, version } = await draftRequest(ctx, { ...asks, carrierId, linkId })
  if (ready) await makeReady(ctx, { id, version })
}
