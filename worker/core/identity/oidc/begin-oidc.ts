import type { Visit } from '../../ctx.ts'
import { newTrip, type Trip } from './oidc-state.ts'
import { authorizeUrl } from './provider-client.ts'
import { providerNamed } from './providers.ts'

/** Where to send the browser for a trip to a provider. Changes nothing: the trip is in its own signature. Throws `not_found` for an unknown provider. */
export async function beginOidc(visit: Visit, trip: Trip): Promise<string> {
  const provider = providerNamed(visit.reach.env, trip.provider)
  return authorizeUrl(visit, provider, await newTrip(visit.platformVault, trip, visit.now))
}
