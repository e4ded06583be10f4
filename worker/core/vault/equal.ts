import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether two secrets are equal, in time that depends on neither. Both sides are hashed first: the platform's own compare
 * throws on unequal lengths, which would turn a short token into a 500 and tell its length.
 */
export function equalSecrets(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
