import type { TenantVault } from '../../core/vault/tenant-vault.ts'

const USE = 'contracting.calendar_feed'
const shape = /^cs_cal_(ten_[0-7][0-9a-hjkmnp-tv-z]{25})_(cal_[0-7][0-9a-hjkmnp-tv-z]{25})_([1-9][0-9]{0,5})_([A-Za-z0-9_-]{43})$/

/**
 * The secret in the address of a calendar feed: `cs_cal_<tenant>_<feed>_<key version>_<MAC>`. The tenant in it only routes;
 * the MAC under the tenant's `token` root is the secret, so the database holds nothing that opens the feed.
 */
export async function mintFeedToken(vault: TenantVault, feedId: string): Promise<string> {
  const { mac, version } = await vault.sign('token', USE, feedId)
  return `cs_cal_${vault.tenant}_${feedId}_${version}_${mac.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** What a token claims, before anything of it was checked. Null for text that is no feed's. */
export function parseFeedToken(token: string): { tenantId: string; feedId: string; version: number; mac: string } | null {
  const [, tenantId, feedId, version, mac] = shape.exec(token) ?? []
  return tenantId && feedId && version && mac ? { tenantId, feedId, version: Number(version), mac } : null
}

/** Whether we made this token for that feed. */
export const isFeedOf = (vault: TenantVault, feedId: string, { version, mac }: { version: number; mac: string }): Promise<boolean> =>
  vault.verify('token', USE, feedId, { mac: `${mac.replaceAll('-', '+').replaceAll('_', '/')}=`, version })
