import { importMacKey, macVerify } from '../../core/vault/mac.ts'

/** Whether `mac` is the HMAC-SHA-256 of the message under a sender's secret. No secret is nobody's, and proves nothing. */
export const provenBy = async (secret: Uint8Array, message: Uint8Array, mac: Uint8Array): Promise<boolean> => secret.length > 0 && macVerify(await importMacKey(secret), message, mac)
