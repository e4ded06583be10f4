import { makeKey } from '../../core/api/make-key.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand, demandExact } from '../../core/rights.ts'
import type { CarrierKeyView, IssueCarrierKey } from './contract.ts'
import { carrierKeyIssued, carrierKeyRevoked, rights } from './module.ts'
import { keyOfCarrier } from './revoke-carrier-key.ts'
import { carrierById } from './store.ts'
import { carrierKeyView } from './views.ts'

type Issued = { readonly key: CarrierKeyView; readonly token: string }

/** A key for a carrier's program. It opens what was sent to that carrier and nothing else; the proof is for this carrier, name and time. */
export async function issueCarrierKey(ctx: Ctx, carrierId: string, input: IssueCarrierKey): Promise<Issued> {
  demand(ctx, rights.issueCarrierKey)
  if (!(await ctx.db.read(carrierById(ctx.db, carrierId)))) throw new Fault({ code: 'not_found' })
  await demandExact(ctx, rights.issueCarrierKey, { row: carrierId, field: `${input.label}:${input.days}` })
  const { key, token } = await makeKey(ctx, { ...input, carrierId, scopes: ['carrier'] }, (id, prefix) => carrierKeyIssued(id, { carrier: carrierId, prefix, days: input.days }))
  return { key: carrierKeyView(key, ctx.now), token }
}

/** A key in the place of another, which ends with the same batch if it had not: no other key notices. It lives as long as that one was meant to. */
export async function replaceCarrierKey(ctx: Ctx, keyId: string): Promise<Issued> {
  demand(ctx, rights.issueCarrierKey)
  const old = await keyOfCarrier(ctx, keyId)
  await demandExact(ctx, rights.issueCarrierKey, { row: keyId, field: 'replacement' })
  const days = Math.max(1, Math.round((old.expiresAt - old.createdAt) / 86_400_000))
  const carrier = old.carrierId
  const { key, token } = await makeKey(
    ctx,
    { carrierId: carrier, label: old.label, scopes: ['carrier'], days },
    (id, prefix) => carrierKeyIssued(id, { carrier, prefix, days }),
    { key: old, told: (prefix) => carrierKeyRevoked(keyId, { carrier, prefix }) },
  )
  return { key: carrierKeyView(key, ctx.now), token }
}
