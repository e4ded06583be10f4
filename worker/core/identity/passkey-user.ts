import { Buffer } from 'node:buffer'
import { fromBase64, toBase64Url, utf8, type Bytes } from '../vault/bytes.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'

/** One byte of key version, then the MAC, then the account's id: under the 64 bytes that WebAuthn allows (Level 3 §5.4.3). */
const MAC_BYTES = 32
const USE = 'passkey.user'

/**
 * The user handle of an account's passkeys. Signed, because at sign-in it alone says whose guard to ask: a made-up one must
 * not be able to wake any. Holds no address or name (WebAuthn Level 3 §14.6.1).
 */
export async function userHandle(vault: TenantVault, accountId: string): Promise<Bytes> {
  const { mac, version } = await vault.sign('token', USE, accountId)
  return new Uint8Array([version, ...Buffer.from(mac, 'base64'), ...utf8(accountId.replace(/^acc_/, ''))])
}

/** The account that a returned user handle (base64url) names, or null when we did not make it. */
export async function accountOfHandle(vault: TenantVault, returned: string): Promise<string | null> {
  const raw = Buffer.from(returned, 'base64url')
  if (toBase64Url(raw) !== returned || raw.length <= 1 + MAC_BYTES) return null
  const accountId = `acc_${raw.subarray(1 + MAC_BYTES).toString('latin1')}`
  const mac = raw.subarray(1, 1 + MAC_BYTES).toString('base64')
  return fromBase64(mac).ok && (await vault.verify('token', USE, accountId, { mac, version: raw[0] ?? 0 })) ? accountId : null
}
