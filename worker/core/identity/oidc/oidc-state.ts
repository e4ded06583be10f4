import { randomBytes, toBase64Url } from '../../vault/bytes.ts'
import { equalSecrets } from '../../vault/equal.ts'
import type { TenantVault } from '../../vault/tenant-vault.ts'

/** How long a person may stay at the provider. */
export const STATE_MS = 10 * 60_000

/** What a trip to a provider is for, and the one browser that set out: its `sid`, or the random name it has when signed out. */
export type Trip = { readonly provider: string; readonly purpose: 'sign_in' | 'link'; readonly boundTo: string }

/** The three secrets of one trip. `nonce` and `verifier` are derived from `state`, so that nothing has to be kept meanwhile. */
export type TripSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** A fresh trip. */
export async function newTrip(vault: TenantVault, trip: Trip, now: number): Promise<TripSecrets> {
  const said = `${trip.purpose}.${now + STATE_MS}.${toBase64Url(randomBytes(16))}`
  return secretsOf(vault, `${said}.${await macOf(vault, said, trip)}`)
}

/**
 * The trip that a returned `state` belongs to, or null: not ours, another browser's, another provider's, or too long ago.
 * The state alone is worth nothing: code exchange needs the verifier, which only we can derive (RFC 7636).
 */
export async function readTrip(vault: TenantVault, state: string, trip: Omit<Trip, 'purpose'>, now: number): Promise<(TripSecrets & Pick<Trip, 'purpose'>) | null> {
  const parts = /^((sign_in|link)\.(\d{10,16})\.[\w-]{22})\.([\w-]{43})$/.exec(state)
  if (!parts) return null
  const [, said = '', purposeText, expires, mac = ''] = parts
  const purpose = purposeText as Trip['purpose'] // `as`: the expression matches these two only
  const expiresAt = Number(expires)
  if (expiresAt < now || expiresAt > now + STATE_MS) return null
  return equalSecrets(mac, await macOf(vault, said, { ...trip, purpose })) ? { purpose, ...(await secretsOf(vault, state)) } : null
}

async function secretsOf(vault: TenantVault, state: string): Promise<TripSecrets> {
  const [nonce, verifier] = await Promise.all([derived(vault, 'oidc.nonce', state), derived(vault, 'oidc.verifier', state)])
  return { state, nonce, verifier }
}

/** 43 characters of the URL-safe alphabet: the least RFC 7636 §4.1 asks of a verifier, all 256 bits of them secret. */
const derived = async (vault: TenantVault, use: string, state: string): Promise<string> =>
  (await vault.sign('token', use, state)).mac.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const macOf = (vault: TenantVault, said: string, trip: Trip): Promise<string> => derived(vault, 'oidc.state', `${said}|${trip.provider}|${trip.boundTo}`)
