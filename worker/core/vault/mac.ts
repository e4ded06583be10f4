import { own, type Bytes } from './bytes.ts'
import { VaultFault } from './fault.ts'

/** HMAC-SHA-256 (RFC 2104) of a message, 32 bytes. */
export async function macSign(key: CryptoKey, message: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, own(message)))
}

/** Whether `mac` is the whole HMAC of the message, compared in constant time by the platform. A shortened one is refused. */
export async function macVerify(key: CryptoKey, message: Uint8Array, mac: Uint8Array): Promise<boolean> {
  return mac.length === 32 && crypto.subtle.verify('HMAC', key, own(mac), own(message))
}

/** An HMAC-SHA-256 key from raw bytes, for vectors and for senders' secrets. Not extractable. */
export async function importMacKey(secret: Uint8Array): Promise<CryptoKey> {
  if (secret.length === 0) throw new VaultFault('wrong_size') // an empty secret signs for everyone
  return crypto.subtle.importKey('raw', new Uint8Array(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}
