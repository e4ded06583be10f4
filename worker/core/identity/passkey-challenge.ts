import { Buffer } from 'node:buffer'
import type { Challenge } from '../../../durable-objects/factor-words.ts'
import { randomBytes, toBase64Url } from '../vault/bytes.ts'
import { sha256Hex } from '../vault/digest.ts'
import { equalSecrets } from '../vault/equal.ts'
import type { TenantVault } from '../vault/tenant-vault.ts'

/** How long a person may take with the authenticator. */
export const CHALLENGE_MS = 5 * 60_000

/** What a challenge is for, and the one browser it was given to: the `sid`, or the random name of a signed-out browser. */
export type ChallengeUse = { readonly purpose: 'add' | 'prove' | 'sign_in'; readonly boundTo: string }

/**
 * A challenge that nothing has to remember until it is answered: `expires.nonce.mac`, signed under the deployment's
 * `token` root. Visitors can ask for any number of them without a row being written; the account's guard takes each once.
 */
export async function newChallenge(vault: TenantVault, use: ChallengeUse, now: number): Promise<string> {
  const said = `${now + CHALLENGE_MS}.${toBase64Url(randomBytes(16))}`
  return `${said}.${await macOf(vault, said, use)}`
}

/** The single use of a challenge as an authenticator returned it (base64url of our text), or null: not ours, not for this, or over. */
export async function readChallenge(vault: TenantVault, returned: string, use: ChallengeUse, now: number): Promise<Challenge | null> {
  const text = Buffer.from(returned, 'base64url').toString('utf8')
  const parts = /^((\d{10,16})\.[\w-]{22})\.(.{44})$/.exec(text)
  if (!parts) return null
  const [, said = '', expires, mac = ''] = parts
  const expiresAt = Number(expires)
  if (expiresAt < now || expiresAt > now + CHALLENGE_MS) return null
  return equalSecrets(mac, await macOf(vault, said, use)) ? { hash: await sha256Hex(text), expiresAt } : null
}

const macOf = async (vault: TenantVault, said: string, { purpose, boundTo }: ChallengeUse): Promise<string> => (await vault.sign('token', `passkey.${purpose}`, `${said}.${boundTo}`)).mac
