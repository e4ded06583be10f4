import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierView } from '../carriers/contract.ts'
import { listCarriers } from '../carriers/list-carriers.ts'
import { linkPage } from '../producers/link-store.ts'
import { linkContacts } from '../producers/views.ts'
import { rights } from './module.ts'

const OFFERED = 100

/**
 * What a new request may be for: at most a hundred of each are offered. Producers by name alone, as every request shows them:
 * whoever drafts need not be allowed to see the rest of them.
 */
export type Drafting = { readonly carriers: CarrierView[]; readonly producers: { readonly id: string; readonly name: string }[] }

export async function readDrafting(ctx: Ctx): Promise<Drafting> {
  demand(ctx, rights.writeRequests)
  const [{ carriers }, links] = await Promise.all([listCarriers(ctx, { limit: OFFERED }), ctx.db.read(linkPage(ctx.db, 'fmo', 'active', null, OFFERED))])
  const offered = links.slice(0, OFFERED)
  const contacts = await linkContacts(ctx, offered)
  return { carriers, producers: offered.map(({ id }, index) => ({ id, name: contacts[index]?.name ?? '' })) }
}
