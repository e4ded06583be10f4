import { equalSecrets } from '../vault/equal.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'

const USE = 'core.invitation'
const shape = /^cs_inv_(ten_[0-7][0-9a-hjkmnp-tv-z]{25})_(inv_[0-7][0-9a-hjkmnp-tv-z]{25})_([1-9][0-9]{0,5})_([A-Za-z0-9_-]{43})$/

/**
 * The token of an invitation: `cs_inv_<tenant>_<invitation>_<key version>_<MAC>`. The tenant in it only routes; the MAC under
 * the tenant's `token` root is both its signature and its secret, so the mail can be written when it is sent and again when
 * sending is repeated, while the database holds no more than a hash of it.
 */
export async function mintInvitation(vault: TenantVault, invitationId: string): Promise<string> {
  const { mac, version } = await vault.sign('token', USE, invitationId)
  return `cs_inv_${vault.tenant}_${invitationId}_${version}_${mac.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** What a token claims, before anything of it was checked. Null for text that is no invitation's. */
export function parseInvitation(token: string): { tenantId: string; invitationId: string; version: number; mac: string } | null {
  const [, tenantId, invitationId, version, mac] = shape.exec(token) ?? []
  return tenantId && invitationId && version && mac ? { tenantId, invitationId, version: Number(version), mac } : null
}

/** Whether we made this token for this invitation: its MAC is right and its hash is the one the row keeps. */
export async function isOurs(vault: TenantVault, token: string, row: { id: string; tokenHash: string | null }): Promise<boolean> {
  const claimed = parseInvitation(token)
  if (!claimed || claimed.invitationId !== row.id || row.tokenHash === null) return false
  const signed = { mac: `${claimed.mac.replaceAll('-', '+').replaceAll('_', '/')}=`, version: claimed.version }
  // The hash first: a token that was altered must not have us look for a key version that never was.
  return equalSecrets(await sha256Hex(token), row.tokenHash) && vault.verify('token', USE, row.id, signed)
}
