import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { OfferView } from './contract.ts'
import { offerContent, rights } from './module.ts'
import type { OfferContent } from './offer-packet.ts'
import { allOffers, offerById, type OfferRow } from './store.ts'

/** Packets a producer was asked to sign in its life are counted in tens. */
const MOST = 500

/** What this producer was asked to sign, newest first, without what was replaced. */
export async function listOffers(ctx: Ctx): Promise<OfferView[]> {
  demand(ctx, rights.readOffers)
  const rows = await ctx.db.read(allOffers(ctx.db, MOST))
  const contents = await ctx.vault.openMany<OfferContent>(offerContent, rows.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  return rows.map((row, index) => view(row, contents[index] ?? { title: '', carrier: '', fmo: '' }))
}

/** One of them. */
export async function readOffer(ctx: Ctx, id: string): Promise<OfferView> {
  demand(ctx, rights.readOffers)
  const row = await ctx.db.read(offerById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  return view(row, await ctx.vault.open<OfferContent>(offerContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }))
}

const view = (row: OfferRow, { title, carrier, fmo }: OfferContent): OfferView => ({
  id: row.id, title, carrier, fmo, state: row.state, basis: row.basis, pages: row.pages, reviewId: row.reviewId, signedId: row.signedId, signedSha256: row.signedSha256, offeredAt: row.offeredAt, signedAt: row.signedAt,
})
