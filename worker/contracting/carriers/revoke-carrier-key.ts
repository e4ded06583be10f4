import { endKey, keyById, type KeyRow } from '../../core/api/make-key.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { CarrierKeyView } from './contract.ts'
import { carrierKeyRevoked, rights } from './module.ts'
import { carrierKeyView } from './views.ts'

/** Revoke a carrier's key, at once: whatever used it is refused from its next request on. */
export async function revokeCarrierKey(ctx: Ctx, keyId: string): Promise<CarrierKeyView> {
  demand(ctx, rights.issueCarrierKey)
  const key = await keyOfCarrier(ctx, keyId)
  return carrierKeyView(await endKey(ctx, key, (prefix) => carrierKeyRevoked(keyId, { carrier: key.carrierId, prefix })), ctx.now)
}

/** The same key for whoever revoked it and did not hear the answer. */
export async function revokedCarrierKey(ctx: Ctx, keyId: string): Promise<CarrierKeyView> {
  demand(ctx, rights.issueCarrierKey)
  return carrierKeyView(await keyOfCarrier(ctx, keyId), ctx.now)
}

/** A key that is some carrier's: the tenant's own are not found here. */
export async function keyOfCarrier(ctx: Ctx, keyId: string): Promise<KeyRow & { carrierId: string }> {
  const key = await keyById(ctx, keyId)
  if (!key || key.carrierId === null) throw new Fault({ code: 'not_found' })
  return { ...key, carrierId: key.carrierId }
}
