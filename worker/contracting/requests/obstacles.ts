import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import type { CarrierView } from '../carriers/contract.ts'
import { dayOf } from '../passport/gaps.ts'
import { readCopiedSummary } from '../producers/read-producer.ts'
import type { Obstacle, RequestKind } from './contract.ts'
import { obstaclesOf } from './policy.ts'

type Asking = { readonly kind: RequestKind; readonly states: readonly string[]; readonly upline: string | null; readonly linkId: string }

/** What stands in the way of a request now, as far as it can be told without opening anything of the producer's. */
export async function obstaclesNow(ctx: Ctx, { linkId, ...asked }: Asking, carrier: CarrierView): Promise<Obstacle[]> {
  try {
    const { passport, licences } = await readCopiedSummary(ctx, linkId)
    return obstaclesOf({ ...asked, carrier }, passport, licences, dayOf(ctx.now))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'not_found') throw thrown
    return [{ about: 'link', says: 'The producer no longer works with you: it was released.' }]
  }
}
