import { equalSecrets } from '../../core/vault/equal.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import type { TenantVault } from '../../core/vault/tenant-vault.ts'

const USE = 'contracting.producer_invitation'
const shape = /^cs_piv_(ten_[0-7][0-9a-hjkmnp-tv-z]{25})_(piv_[0-7][0-9a-hjkmnp-tv-z]{25})_([1-9][0-9]{0,5})_([A-Za-z0-9_-]{43})$/

/**
 * The token of a producer's invitation: `cs_piv_<tenant>_<invitation>_<key version>_<MAC>`, in the manner of a member's. It is
 * made when the mail is sent, and again when sending is repeated; the database holds its hash alone.
 */
export async function mintProducerInvitation(vault: TenantVault, invitationId: string): Promise<string> {
  const { mac, version } = await vault.sign('token', USE, invitationId)
  return `cs_piv_${vault.tenant}_${invitationId}_${version}_${mac.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
}

/** What a token claims, before anything of it was checked. Null for text that is no such invitation's. */
export function parseProducerInvitation(token: string): { tenantId: string; invitationId: string; version: number; mac: string } | null {
  const [, tenantId, invitationId, version, mac] = shape.exec(token) ?? []
  return tenantId && invitationId && version && mac ? { tenantId, invitationId, version: Number(version), mac } : null
}

/** Whether we made this token for this invitation: its MAC is right and its hash is the one the row keeps. */
export async function isOurs(vault: TenantVault, token: string, row: { id: string; tokenHash: string }): Promise<boolean> {
  const claimed = parseProducerInvitation(token)
  if (!claimed || claimed.invitationId !== row.id) return false
  const signed = { mac: `${claimed.mac.replaceAll('-', '+').replaceAll('_', '/')}=`, version: claimed.version }
  // The hash first: a token that was altered must not have us look for a key version that never was.
  return equalSecrets(await sha256Hex(token), row.tokenHash) && vault.verify('token', USE, row.id, signed)
}
