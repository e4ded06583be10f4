import { Buffer } from 'node:buffer'
import { toBase64Url, utf8, type Bytes } from '../vault/bytes.ts'
import { equalSecrets } from '../vault/equal.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'

/** The MAC, then the account's id without its prefix: 58 of the 64 bytes that WebAuthn allows (Level 3 §5.4.3). */
const MAC_BYTES = 32

/**
 * The user handle of an account's passkeys. Signed, because at sign-in it alone says whose guard to ask: a made-up one must
 * not be able to wake any. Holds no address or name (WebAuthn Level 3 §14.6.1).
 */
export async function userHandle(vault: TenantVault, accountId: string): Promise<Bytes> {
  return new Uint8Array([...(await macOf(vault, accountId)), ...utf8(accountId.replace(/^acc_/, ''))])
}

/** The account that a returned user handle (base64url) names, or null when we did not make it. */
export async function accountOfHandle(vault: TenantVault, returned: string): Promise<string | null> {
  const raw = Buffer.from(returned, 'base64url')
  if (toBase64Url(raw) !== returned || raw.length <= MAC_BYTES) return null
  const accountId = `acc_${raw.subarray(MAC_BYTES).toString('latin1')}`
  if (!/^acc_[0-9a-z]{26}$/.test(accountId)) return null
  return equalSecrets(raw.subarray(0, MAC_BYTES), await macOf(vault, accountId)) ? accountId : null
}

const macOf = async (vault: TenantVault, accountId: string): Promise<Buffer> => Buffer.from((await vault.sign('token', 'passkey.user', accountId)).mac, 'base64')
