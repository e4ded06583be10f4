import { createECDH, createPrivateKey } from 'node:crypto'

import { sealCertificate } from './seal-certificate.ts'

/**
 * Every secret the Worker is deployed with, declared once: `npm start` makes development values, the tests fixed ones, and
 * `npm run deploy` real ones that never touch the disk.
 */
export type WorkerSecret = {
  name: string
  /**
   * `root` and `key`: base64 of 32 random bytes; a `root` of a development machine is marked `dev:`, and the sandbox takes
   * no other. `ed25519`: base64 of the PKCS#8 form of a private key (RFC 8410). `seal`: the same of a P-256 key, a dot, and
   * base64 of an X.509 certificate made for it.
   */
  form: 'root' | 'key' | 'ed25519' | 'seal'
  /** What is opened or signed with it; printed by the deploy script. */
  purpose: string
}

export const workerSecrets: readonly WorkerSecret[] = [
  { name: 'KEK_1', form: 'root', purpose: 'wraps the tenants’ roots, version 1' },
  { name: 'KEK_2', form: 'root', purpose: 'wraps the tenants’ roots, version 2; the newest one present wraps' },
  { name: 'SESSION_MAC_KEY', form: 'key', purpose: 'lets the door refuse a made-up cookie before it wakes an object' },
  { name: 'AUDIT_SIGNING_KEY', form: 'ed25519', purpose: 'signs the checkpoints of the audit log' },
  { name: 'PDF_SEAL_KEY', form: 'seal', purpose: 'seals signed packets (PAdES B-B), with its certificate' },
]

/** The value of a secret in its form, made from 32 random bytes. `host`: who the certificate of a seal says it is. */
export async function secretFrom(seed: Uint8Array, form: WorkerSecret['form'], host = 'localhost'): Promise<string> {
  if (form === 'seal') return sealFrom(seed, host)
  if (form !== 'ed25519') return Buffer.from(seed).toString('base64')
  // RFC 8410 §7: the fixed head of an Ed25519 PKCS#8 document, then the seed.
  const document = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return createPrivateKey({ key: document, format: 'der', type: 'pkcs8' }).export({ format: 'der', type: 'pkcs8' }).toString('base64')
}

async function sealFrom(seed: Uint8Array, host: string): Promise<string> {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(seed)
  const [x, y] = [curve.getPublicKey().subarray(1, 33), curve.getPublicKey().subarray(33)].map((half) => half.toString('base64url'))
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: Buffer.from(seed).toString('base64url'), x, y }, format: 'jwk' })
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' })
  return `${pkcs8.toString('base64')}.${(await sealCertificate(pkcs8, host)).toString('base64')}`
}

/** The same value as the sandbox wants it: roots carry the mark that they protect nothing. */
export function asDevelopmentSecret(value: string, form: WorkerSecret['form']): string {
  return form === 'root' ? `dev:${value}` : value
}
