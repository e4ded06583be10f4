import { Buffer } from 'node:buffer'
import { own, utf8 } from './bytes.ts'

/** SHA-256 (FIPS 180-4) of text or bytes, 64 lower-case hex digits. */
export async function sha256Hex(message: string | Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', typeof message === 'string' ? utf8(message) : own(message))
  return Buffer.from(digest).toString('hex')
}
