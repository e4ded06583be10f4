import { fromBase64, randomBytes, toBase64, utf8 } from './bytes.ts'
import { VaultFault } from './fault.ts'
import { importMacKey, macSign } from './mac.ts'

/** Standard Webhooks 1.0 (standardwebhooks.com): secrets, and what proves that a call is ours. */

/** A new secret: `whsec_` and 24 random bytes in base64. */
export const newWebhookSecret = (): string => `whsec_${toBase64(randomBytes(24))}`

/** The three headers of one call. `at` is epoch milliseconds; the text is signed together with who and when. */
export async function signWebhook(secret: string, { id, at, body }: { id: string; at: number; body: string }): Promise<Record<string, string>> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''))
  if (!bytes.ok) throw new VaultFault('malformed')
  const timestamp = String(Math.floor(at / 1000))
  const mac = await macSign(await importMacKey(bytes.value), utf8(`${id}.${timestamp}.${body}`))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${toBase64(mac)}` }
}
