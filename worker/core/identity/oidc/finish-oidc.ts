import type { Visit } from '../../ctx.ts'
import { Fault } from '../../failure.ts'
import { readTrip, type Trip } from './oidc-state.ts'
import { redeemCode, type OutsideIdentity } from './provider-client.ts'
import { providerNamed } from './providers.ts'

/** A callback as the browser brought it, and the browser: its `sid`, or the random name it has when signed out. */
export type Callback = { readonly provider: string; readonly returned: URLSearchParams; readonly boundTo: string }

/** What the callback of this browser is for. Throws `malformed` (400) for a state that is not its own (CAL-87). */
export async function callbackPurpose(visit: Visit, callback: Callback): Promise<{ purpose: Trip['purpose']; label: string }> {
  const { label } = providerNamed(visit.reach.env, callback.provider)
  const { purpose } = await tripOf(visit, callback)
  return { purpose, label }
}

/** Redeems a callback that is for `purpose`. The code works once, at the provider. `carried` is what the trip brought along. */
export async function finishOidc(visit: Visit, callback: Callback, purpose: Trip['purpose']): Promise<OutsideIdentity & { readonly carried: string | null }> {
  const provider = providerNamed(visit.reach.env, callback.provider)
  const trip = await tripOf(visit, callback)
  if (trip.purpose !== purpose) throw badState()
  return { ...(await redeemCode(visit, provider, trip, callback.returned)), carried: trip.carried }
}

async function tripOf(visit: Visit, { provider, returned, boundTo }: Callback) {
  const trip = await readTrip(visit.platformVault, returned.get('state') ?? '', { provider, boundTo }, visit.now)
  if (!trip) throw badState()
  return trip
}

const badState = (): Fault => new Fault({ code: 'malformed', detail: 'This sign-in was begun in another browser or too long ago. Start again from the sign-in page.' })
