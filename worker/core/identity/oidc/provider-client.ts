import * as oauth from 'oauth4webapi'
import type { Visit } from '../../ctx.ts'
import { egress } from '../../delivery/egress.ts'
import { Fault } from '../../failure.ts'
import type { TripSecrets } from './oidc-state.ts'
import type { Provider } from './providers.ts'

/** Who a provider says is there. The address is for showing only: nothing is ever decided by it. */
export type OutsideIdentity = { readonly issuer: string; readonly subject: string; readonly email: string | null; readonly emailVerified: boolean }

/** Where the browser goes: the provider's authorization endpoint with state, nonce and PKCE S256 (RFC 9700 §2.1.1). */
export async function authorizeUrl(visit: Visit, provider: Provider, trip: TripSecrets): Promise<string> {
  const server = await discovered(visit, provider)
  if (!server.authorization_endpoint) throw new Fault({ code: 'unavailable', reason: 'the provider names no authorization endpoint' })
  const url = new URL(server.authorization_endpoint)
  const asked = {
    client_id: provider.clientId,
    redirect_uri: redirectUri(visit, provider),
    response_type: 'code',
    scope: 'openid email',
    state: trip.state,
    nonce: trip.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(trip.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Turns the code of a callback into an identity: state and `iss` (RFC 9207), the code with its verifier, then signature,
 * issuer, audience, times and nonce of the ID token. Throws `malformed` (400) for anything that does not hold.
 */
export async function redeemCode(visit: Visit, provider: Provider, trip: TripSecrets, returned: URLSearchParams): Promise<OutsideIdentity> {
  const server = await discovered(visit, provider)
  const client: oauth.Client = { client_id: provider.clientId }
  const options = optionsOf(visit, provider)
  try {
    const params = oauth.validateAuthResponse(server, client, returned, trip.state)
    const answer = await oauth.authorizationCodeGrantRequest(server, client, clientAuth(server, provider), params, redirectUri(visit, provider), trip.verifier, options)
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, { expectedNonce: trip.nonce, requireIdToken: true })
    await oauth.validateApplicationLevelSignature(server, answer, options)
    const claims = oauth.getValidatedIdTokenClaims(tokens)
    if (!claims) throw refused()
    const email = typeof claims['email'] === 'string' ? claims['email'] : null
    return { issuer: provider.issuer, subject: claims.sub, email, emailVerified: claims['email_verified'] === true }
  } catch (thrown) {
    if (thrown instanceof Outage) throw new Fault({ code: 'unavailable', reason: 'the provider does not answer' })
    throw refused()
  }
}

/** OpenID Connect Discovery 1.0; the issuer it names must be the one that is configured. */
async function discovered(visit: Visit, provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer)
  try {
    return await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, optionsOf(visit, provider)))
  } catch {
    throw new Fault({ code: 'unavailable', reason: 'the provider cannot be discovered' })
  }
}

/** Where the provider sends the browser back to. Registered with it, so it never carries anything of the moment. */
export const redirectUri = (visit: Visit, provider: Pick<Provider, 'id'>): string => `${visit.reach.env.ORIGIN}/sign-in/oidc/${provider.id}/callback`

const clientAuth = (server: oauth.AuthorizationServer, { clientSecret }: Provider): oauth.ClientAuth => {
  const methods = server.token_endpoint_auth_methods_supported
  return !methods || methods.includes('client_secret_basic') ? oauth.ClientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret)
}

/** Every request to a provider goes out by the one way out. */
const optionsOf = (visit: Visit, provider: Provider) => ({
  // The way out decides which addresses may be called; plain http passes it only to a stand-in on a development machine.
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: async (url: string, { method, headers, body }: oauth.CustomFetchOptions<string, unknown>): Promise<Response> => {
    const text = body instanceof URLSearchParams ? body.toString() : undefined
    const answer = await egress({ url, method: method === 'POST' ? 'POST' : 'GET', headers, ...(text === undefined ? {} : { body: text }) }, { own: visit.reach.env.ORIGIN, base: provider.issuer })
    if (!answer.ok) throw new Outage(answer.reason)
    return new Response(answer.body, { status: answer.status, headers: answer.headers })
  },
})

/** The way out failed, not the answer. */
class Outage extends Error {}

const refused = (): Fault => new Fault({ code: 'malformed', detail: 'The answer of the provider does not belong to this sign-in. Start again from the sign-in page.' })
