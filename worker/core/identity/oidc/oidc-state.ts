import { randomBytes, toBase64Url } from '../../vault/bytes.ts'
import { equalSecrets } from '../../vault/equal.ts'
import type { SealableField, Sealed } from '../../vault/sealed.ts'
import type { TenantVault } from '../../vault/tenant-vault.ts'

/** How long a person may stay at the provider. */
export const STATE_MS = 10 * 60_000

/** What a trip to a provider is for, and the one browser that set out: its `sid`, or the random name it has when signed out. */
export type Trip = {
  readonly provider: string
  readonly purpose: 'sign_in' | 'link' | 'invite'
  readonly boundTo: string
  /** A bearer token that comes along sealed, so that the provider carries it and cannot read it: the invitation's. */
  readonly carried?: string
}

/** The three secrets of one trip. `nonce` and `verifier` are derived from `state`, so that nothing has to be kept meanwhile. */
export type TripSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** Sealed into the state of a trip, never into a row. */
const carriedField = { name: 'core.oidc.carried', class: 'content' } as const satisfies SealableField

const shape = /^((sign_in|link|invite)\.(\d{10,16})\.([\w-]{22})\.(?:(\d{1,6})~([\w-]{1,600}))?)\.([\w-]{43})$/

/** A fresh trip. */
export async function newTrip(vault: TenantVault, trip: Trip, now: number): Promise<TripSecrets> {
  const nonce = toBase64Url(randomBytes(16))
  const cell = trip.carried === undefined ? null : await vault.seal(carriedField, nonce, trip.carried)
  const said = `${trip.purpose}.${now + STATE_MS}.${nonce}.${cell ? `${cell.sealVersion}~${urlSafe(cell.sealed)}` : ''}`
  return secretsOf(vault, `${said}.${await macOf(vault, said, trip)}`)
}

/**
 * The trip that a returned `state` belongs to, or null: not ours, another browser's, another provider's, or too long ago.
 * The state alone is worth nothing: code exchange needs the verifier, which only we can derive (RFC 7636).
 */
export async function readTrip(vault: TenantVault, state: string, trip: Pick<Trip, 'provider' | 'boundTo'>, now: number): Promise<(TripSecrets & { purpose: Trip['purpose']; carried: string | null }) | null> {
  const [, said = '', purposeText, expires, nonce = '', version, sealed, mac = ''] = shape.exec(state) ?? []
  const expiresAt = Number(expires)
  if (!(expiresAt >= now && expiresAt <= now + STATE_MS) || !equalSecrets(mac, await macOf(vault, said, trip))) return null
  const purpose = purposeText as Trip['purpose'] // `as`: the expression matches these only
  // `as`: our own MAC was just found around it; the vault authenticates it once more.
  const carried = sealed === undefined ? null : await vault.open<string>(carriedField, nonce, { sealed: fromUrlSafe(sealed) as Sealed, sealVersion: Number(version) })
  return { purpose, carried, ...(await secretsOf(vault, state)) }
}

async function secretsOf(vault: TenantVault, state: string): Promise<TripSecrets> {
  const [nonce, verifier] = await Promise.all([derived(vault, 'oidc.nonce', state), derived(vault, 'oidc.verifier', state)])
  return { state, nonce, verifier }
}

/** 43 characters of the URL-safe alphabet: the least RFC 7636 §4.1 asks of a verifier, all 256 bits of them secret. */
const derived = async (vault: TenantVault, use: string, state: string): Promise<string> => urlSafe((await vault.sign('token', use, state)).mac)

const macOf = (vault: TenantVault, said: string, trip: Pick<Trip, 'provider' | 'boundTo'>): Promise<string> => derived(vault, 'oidc.state', `${said}|${trip.provider}|${trip.boundTo}`)

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const fromUrlSafe = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4)
