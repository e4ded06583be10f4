import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { formatVerifierKey, openCheckpoint, parseCheckpoint, parseVerifierKey, signCheckpoint, formatCheckpoint, type VerifierKey } from '../../../durable-objects/chain-note.ts'
import type { Env } from '../env.ts'

/** SHA-256 as chain-link takes it. */
export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

/** The deployment's public key as everyone knows it: `<host>+<key id>+<base64>` (C2SP signed-note). */
export const publicVerifierKey = (env: Env): string => formatVerifierKey(new URL(env.ORIGIN).host, rawPublicKey(privateKey(env)), sha256)

/** A checkpoint's text as a signed note of the deployment. Throws a TypeError for anything but a checkpoint: the key signs nothing else. */
export async function signNote(env: Env, text: string): Promise<string> {
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint) throw new TypeError('not a checkpoint')
  const key = privateKey(env)
  return signCheckpoint(checkpoint, verifierKey(env), (message) => new Uint8Array(sign(null, message, key)))
}

/** The text of a note that the deployment's key signed, or null for any other. */
export async function openNote(env: Env, note: string): Promise<string | null> {
  const key = createPublicKey(privateKey(env))
  const opened = await openCheckpoint(note, verifierKey(env), (_raw, signature, message) => verify(null, message, key, signature))
  return opened.ok ? formatCheckpoint(opened.checkpoint) : null
}

const privateKey = (env: Env): KeyObject => createPrivateKey({ key: Buffer.from(env.AUDIT_SIGNING_KEY.replace(/^dev:/, ''), 'base64'), format: 'der', type: 'pkcs8' })

/** The last 32 bytes of the SPKI form are the raw key (RFC 8410). */
const rawPublicKey = (key: KeyObject): Uint8Array => new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })).slice(-32)

function verifierKey(env: Env): VerifierKey {
  const key = parseVerifierKey(publicVerifierKey(env), sha256)
  if (!key) throw new TypeError('the deployment has no usable name')
  return key
}
