import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierView } from '../carriers/contract.ts'
import { listCarriers } from '../carriers/list-carriers.ts'
import { listProducers } from '../producers/list-producers.ts'
import { rights } from './module.ts'

/** What a new request may be for: at most a hundred of each are offered. */
export type Drafting = { readonly carriers: CarrierView[]; readonly producers: { readonly id: string; readonly name: string }[] }

export async function readDrafting(ctx: Ctx): Promise<Drafting> {
  demand(ctx, rights.writeRequests)
  const [{ carriers }, { producers }] = await Promise.all([listCarriers(ctx, { limit: 100 }), listProducers(ctx, { state: 'active', limit: 100 })])
  return { carriers, producers: producers.map(({ id, name }) => ({ id, name })) }
}
