import type { Sign, VerifierKey, Verify } from './chain-note.ts'
import { formatVerifierKey, parseVerifierKey } from './chain-note.ts'
import type { Sha256 } from './chain-tree.ts'

/** Who signs checkpoints: the public key under its name, and the signing itself. */
export type Signer = { readonly key: VerifierKey; readonly sign: Sign }

/**
 * The signer of a deployment. `secret` is the base64 of an Ed25519 private key in PKCS#8 form (RFC 8410), `name` its host.
 * Throws if it is anything else.
 */
export async function importSigner(secret: string, name: string, sha256: Sha256): Promise<Signer> {
  const pkcs8 = Uint8Array.from(atob(secret), (char) => char.charCodeAt(0))
  // Extractable for this one moment: the public half is not in the PKCS#8 form and is computed on export.
  const exportable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const jwk = await crypto.subtle.exportKey('jwk', exportable)
  if (jwk instanceof ArrayBuffer || typeof jwk.x !== 'string') throw new TypeError('not an Ed25519 key')
  const publicKey = Uint8Array.from(atob(jwk.x.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  const key = parseVerifierKey(formatVerifierKey(name, publicKey, sha256), sha256)
  if (!key) throw new TypeError('not a key name')
  const signing = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  return { key, sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', signing, new Uint8Array(message))) }
}

/** Ed25519 through WebCrypto, for the Worker and for browsers that have it (all current ones). */
export const verifyEd25519: Verify = async (publicKey, signature, message) => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
}
