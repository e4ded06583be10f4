import canonicalize from 'canonicalize'
import type { SealableField } from './vault/sealed.ts'
import type { TenantVault } from './vault/tenant-vault.ts'

/** Where an event came from. Declared as a sealed field of the deployment: it belongs to the person, not to a tenant. */
export const originField = { name: 'core.event.origin', class: 'content' } as const satisfies SealableField

/** What is inside a sealed personal part. */
export type OriginParts = { ip: string; userAgent: string; reason: string | null }

/**
 * IP address, browser and typed reason, sealed under a salt of the person and the month. Destroying that salt erases them by
 * person or by age everywhere at once, backups included, while the log's tree still verifies over their hash.
 * `person` is an account or key id, or `anonymous`.
 */
export async function sealOrigin(platformVault: TenantVault, person: string, now: number, parts: OriginParts): Promise<string> {
  const id = `${person}.${new Date(now).toISOString().slice(0, 7)}`
  const vault = await platformVault.withNewSalt('person', id)
  const cell = await vault.seal(originField, id, parts)
  return canonicalize({ k: id, s: cell.sealed, v: cell.sealVersion }) ?? '' // never undefined for an object
}

/** A keyed digest of where a request came from: tells two origins apart without saying what they are. */
export const originHash = (platformVault: TenantVault, parts: { ip: string; userAgent: string }): Promise<string> => platformVault.index('core.event.origin', `${parts.ip}\n${parts.userAgent}`)

/** The parts of a sealed origin, or null once its salt is destroyed or the text is not one. */
export async function openOrigin(platformVault: TenantVault, text: string): Promise<OriginParts | null> {
  try {
    const { k, s, v } = JSON.parse(text) as { k: string; s: never; v: number } // `as`: the vault authenticates what it says; `s` is Sealed by that alone
    const vault = await platformVault.withSalt('person', k)
    return await vault.open<OriginParts>(originField, k, { sealed: s, sealVersion: v })
  } catch {
    return null // destroyed, or never ours: either way there is nothing to show
  }
}
