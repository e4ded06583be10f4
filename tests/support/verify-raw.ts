import { createPublicKey, verify } from 'node:crypto'
import type { Verify } from '../../durable-objects/chain-note.ts'

/** RFC 8410: what stands before a raw Ed25519 public key. */
const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** Ed25519 by a raw public key, as a verifier brings it that is not ours. */
export const verifyRaw: Verify = (publicKey, signature, message) => verify(null, message, createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' }), signature)
