import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierView } from '../carriers/contract.ts'
import { listCarriers } from '../carriers/list-carriers.ts'
import { linkedNames } from '../producers/linked-names.ts'
import { rights } from './module.ts'

const OFFERED = 100

/**
 * What a new request may be for: at most a hundred of each are offered. Producers by name alone, as every request shows them:
 * whoever drafts need not be allowed to see the rest of them.
 */
export type Drafting = { readonly carriers: CarrierView[]; readonly producers: { readonly id: string; readonly name: string }[] }

export async function readDrafting(ctx: Ctx): Promise<Drafting> {
  demand(ctx, rights.writeRequests)
  const [{ carriers }, producers] = await Promise.all([listCarriers(ctx, { limit: OFFERED }), linkedNames(ctx, OFFERED)])
  return { carriers, producers }
}
