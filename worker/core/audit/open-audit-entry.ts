import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { openOrigin, type OriginParts } from '../origin.ts'
import { demand } from '../rights.ts'
import { opened } from './events.ts'
import { rights } from './module.ts'

/**
 * The sealed part of entry `n`: from where it was done, with which browser, and why. The opening is committed as an event
 * before anything is answered. `gone` where the part was destroyed, by person or by age.
 */
export async function openAuditEntry(ctx: Ctx, n: number): Promise<OriginParts> {
  demand(ctx, rights.openEntry)
  const row = await ctx.reach.chain.entry(ctx.tenant.id, n)
  if (!row || (row.personal === null && !row.erased)) throw new Fault({ code: 'not_found' })
  const parts = row.personal === null ? null : await openOrigin(ctx.platformVault, row.personal)
  if (!parts) throw new Fault({ code: 'gone', detail: 'Address, browser and reason of this entry were destroyed. The entry itself still verifies.' })
  await ctx.commit([], opened(row.id, { number: n }))
  return parts
}
